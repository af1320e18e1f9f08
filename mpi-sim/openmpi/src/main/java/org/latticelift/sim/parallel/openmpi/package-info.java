/** The transport {@code openmpi}: Open MPI through its Java bindings, the one for clusters. */
package org.latticelift.sim.parallel.openmpi;
