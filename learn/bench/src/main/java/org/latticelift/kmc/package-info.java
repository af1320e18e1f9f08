/** Benchmarks of what simulators keep to themselves, hence in their package. */
package org.latticelift.kmc;
