/**
 * Random streams that depend on the seed of the run, a purpose and a task, never on a thread or
 * rank (ME-95). {@link org.latticelift.sim.random.Purpose} is the one list of purposes.
 */
package org.latticelift.sim.random;
