package org.latticelift.sim.vacancy.transport;

import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * Barriers of 0, so that every species jumps at its attempt frequency whatever is around it.
 *
 * @param rates jumps per second over one way, by species
 */
record ConstantRates(Crystal crystal, double... rates) implements BarrierModel {
  @Override
  public String name() {
    return "constant rates";
  }

  @Override
  public int species() {
    return rates.length;
  }

  @Override
  public double attemptFrequency(int s) {
    return rates[s - 1];
  }

  @Override
  public BarrierKernel newKernel() {
    int sites = crystal.environmentSize();
    int hops = crystal.hopCount();
    return new BarrierKernel() {
      @Override
      public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
        EnvironmentGeometry around = crystal.environment(basis);
        for (int d = 0; d < hops; d++) {
          boolean atom = environment[at + around.hopTarget(d)] != 0;
          barriers[to + d] = atom ? 0 : Float.POSITIVE_INFINITY;
        }
      }

      @Override
      public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
        for (int i = 0; i < count; i++) {
          barriers(environments, i * sites, basis[i], barriers, i * hops);
        }
      }
    };
  }
}
