/** Shapes of vectors, and one class of loops for each of them. */
package org.latticelift.sim.kernel.vector;
