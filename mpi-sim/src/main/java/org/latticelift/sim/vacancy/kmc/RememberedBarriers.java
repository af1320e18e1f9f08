package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.ForwardingBarriers;

/**
 * A barrier model that remembers the barriers of environments seen before, at whatever temperature:
 * for simulators of one temperature after the other, which then compute rates only (EX-51). The
 * bits are those of the model. Serves one thread, unlike other models.
 *
 * <p>Cost of an environment that is known: a look-up of the {@link EnvironmentCache}; its eight
 * rates take 40 ns more than remembered ones.
 */
public final class RememberedBarriers extends ForwardingBarriers {
  private final EnvironmentCache cache;

  /**
   * Nothing is remembered yet.
   *
   * @param model of the barriers
   * @param bytes memory to use at most
   */
  public RememberedBarriers(BarrierModel model, long bytes) {
    super(model);
    this.cache = new EnvironmentCache(model, Double.NaN, bytes);
  }

  /** Kernels share what is remembered. */
  @Override
  public BarrierKernel newKernel() {
    return new Remembering(super.newKernel());
  }

  private final class Remembering implements BarrierKernel {
    private final BarrierKernel kernel;
    private final int sites = crystal().environmentSize();
    private final int hops = crystal().hopCount();

    Remembering(BarrierKernel kernel) {
      this.kernel = kernel;
    }

    @Override
    public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
      if (!cache.fetch(0, environment, at, basis, barriers, to)) {
        kernel.barriers(environment, at, basis, barriers, to);
        cache.store(0, barriers, to);
      }
    }

    @Override
    public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
      for (int i = 0; i < count; i++) {
        barriers(environments, i * sites, basis[i], barriers, i * hops);
      }
    }
  }
}
