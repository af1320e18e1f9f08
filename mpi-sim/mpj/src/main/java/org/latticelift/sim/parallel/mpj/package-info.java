/** The transport {@code mpj}: MPJ Express, ranks as processes of one machine without MPI. */
package org.latticelift.sim.parallel.mpj;
