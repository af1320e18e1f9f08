/**
 * The transport {@code ffm}: Open MPI, MPICH, or any library with the ABI of the MPI standard,
 * called through {@code java.lang.foreign}. It needs no bindings of MPI, and a Java of version 22
 * or newer.
 */
package org.latticelift.sim.parallel.ffm;
