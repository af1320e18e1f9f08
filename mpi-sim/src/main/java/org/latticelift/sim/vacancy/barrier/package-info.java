/** Energy barriers of vacancy jumps: the interface, the networks and the analytic pair model. */
package org.latticelift.sim.vacancy.barrier;
