/**
 * Simulating trajectories of whole systems: the stages {@code simulate} (small system, snapshots)
 * and {@code direct} (large system, ground truth), and the command {@code kmc}. Knows systems only
 * through {@link org.latticelift.sim.system.LatticeSystem}.
 */
package org.latticelift.sim.simulate;
