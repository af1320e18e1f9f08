package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * Barriers between 0.5 and 2 eV that depend on every code of the environment. For tests.
 *
 * @param crystal any
 * @param species number of species
 */
public record HashModel(Crystal crystal, int species) implements BarrierModel {
  @Override
  public String name() {
    return "hash";
  }

  @Override
  public double attemptFrequency(int s) {
    return 1e13 * (1 + 0.1 * s);
  }

  @Override
  public BarrierKernel newKernel() {
    return new Kernel(crystal);
  }

  private record Kernel(Crystal crystal) implements BarrierKernel {
    @Override
    public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
      EnvironmentGeometry g = crystal.environment(basis);
      long hash = 0;
      for (int j = 0; j < g.sites(); j++) {
        hash = (hash ^ environment[at + j]) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
      }
      for (int d = 0; d < g.hops(); d++) {
        hash = hash * 0x9E3779B97F4A7C15L + d;
        barriers[to + d] =
            environment[at + g.hopTarget(d)] == 0
                ? Float.POSITIVE_INFINITY
                : 0.5f + 1.5f * ((hash >>> 40) * 0x1p-24f);
      }
    }

    @Override
    public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
      for (int i = 0; i < count; i++) {
        barriers(
            environments,
            i * crystal.environmentSize(),
            basis[i],
            barriers,
            i * crystal.hopCount());
      }
    }
  }
}
