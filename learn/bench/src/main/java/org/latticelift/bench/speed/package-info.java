/** Measures the speed and the memory of whole simulations on the machine at hand. */
package org.latticelift.bench.speed;
