package org.latticelift.sim.vacancy.barrier;

import org.latticelift.sim.vacancy.crystal.Crystal;

/** Looks up and adds; see {@link PairwiseBarrier}. */
final class PairwiseKernel implements BarrierKernel {
  private final int hops;
  private final int sites;
  private final double floor;
  private final double[] activation;
  private final PairChanges[][] changes;

  PairwiseKernel(Crystal crystal, PairEnergiesConfig energies, PairChanges[][] changes) {
    this.hops = crystal.hopCount();
    this.sites = crystal.environmentSize();
    this.floor = energies.floor();
    this.activation = energies.activation().stream().mapToDouble(e -> e).toArray();
    this.changes = changes;
  }

  @Override
  public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
    for (int d = 0; d < hops; d++) {
      PairChanges hop = changes[basis][d];
      int moving = environment[at + hop.target()];
      barriers[to + d] =
          moving == 0
              ? Float.POSITIVE_INFINITY
              : (float) barrier(activation[moving - 1], hop.energyChange(environment, at));
    }
  }

  private double barrier(double base, double change) {
    return Math.max(base + change / 2, floor + Math.max(0, change));
  }

  @Override
  public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
    for (int i = 0; i < count; i++) {
      barriers(environments, i * sites, basis[i], barriers, i * hops);
    }
  }
}
