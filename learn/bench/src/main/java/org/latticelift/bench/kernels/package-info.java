/** JMH micro-benchmarks of the fast kernels; the class comments of those kernels name them. */
package org.latticelift.bench.kernels;
