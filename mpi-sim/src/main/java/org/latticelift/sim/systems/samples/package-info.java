/** A system that is simulated by somebody else's program, of which samples are read from files. */
package org.latticelift.sim.systems.samples;
