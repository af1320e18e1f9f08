package org.latticelift.learn.barrierfit;

import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/** A smooth teacher: 0.9 eV plus a bounded function of a sum over canonical sites. */
final class SumBarrier implements BarrierModel, BarrierKernel {
  private final Crystal crystal = Crystal.bcc();

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public Crystal crystal() {
    return crystal;
  }

  @Override
  public int species() {
    return 3;
  }

  @Override
  public BarrierKernel newKernel() {
    return this;
  }

  @Override
  public double attemptFrequency(int species) {
    return 1e13;
  }

  @Override
  public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
    EnvironmentGeometry geometry = crystal.environment(basis);
    for (int d = 0; d < geometry.hops(); d++) {
      double sum = 0;
      for (int k = 0; k < geometry.sites(); k++) {
        int code = environment[at + geometry.canonical(d, k)];
        sum += code == 0 ? 0 : (code - 2) * (1.0 + k % 5) / (4 + geometry.shellOf(k));
      }
      boolean blocked = environment[at + geometry.hopTarget(d)] == 0;
      barriers[to + d] =
          blocked ? Float.POSITIVE_INFINITY : (float) (0.9 + 0.3 * Math.tanh(sum / 5));
    }
  }

  @Override
  public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
    for (int i = 0; i < count; i++) {
      barriers(environments, i * crystal.environmentSize(), basis[i], barriers, i * 8);
    }
  }
}
