package org.latticelift.sim.vacancy.barrier;

import java.util.Optional;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * A linear model and a network that has learned what it leaves: the barrier is the sum of both, at
 * least the floor of the linear model. The correction of a hop and of its reverse are two numbers,
 * so detailed balance holds as far as they agree.
 */
public final class CorrectedBarrier implements BarrierModel {
  private final LinearBarrier linear;
  private final NetworkBarrier correction;

  /** A model; both parts have the same crystal and the same order of species. */
  public CorrectedBarrier(LinearBarrier linear, NetworkBarrier correction) {
    this.linear = linear;
    this.correction = correction;
  }

  @Override
  public String name() {
    return correction.name();
  }

  @Override
  public Crystal crystal() {
    return linear.crystal();
  }

  @Override
  public int species() {
    return linear.species();
  }

  @Override
  public BarrierKernel newKernel() {
    return new Kernel();
  }

  @Override
  public Optional<TableError> tableError() {
    return linear.tableError();
  }

  @Override
  public double attemptFrequency(int species) {
    return correction.attemptFrequency(species);
  }

  private final class Kernel implements BarrierKernel {
    private final BarrierKernel base = linear.newKernel();
    private final BarrierKernel network = correction.newKernel();
    private final int sites = crystal().environmentSize();
    private final int hops = crystal().hopCount();
    private final float[] own = new float[hops];
    private final float floor = (float) linear.terms().floor();

    @Override
    public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
      network.barriers(environment, at, basis, barriers, to);
      add(environment, at, basis, barriers, to);
    }

    private void add(byte[] environment, int at, int basis, float[] barriers, int to) {
      base.barriers(environment, at, basis, own, 0);
      for (int d = 0; d < hops; d++) {
        barriers[to + d] = Math.max(floor, own[d] + barriers[to + d]);
      }
    }

    @Override
    public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
      network.barriers(count, environments, basis, barriers);
      for (int i = 0; i < count; i++) {
        add(environments, i * sites, basis[i], barriers, i * hops);
      }
    }
  }
}
