package org.latticelift.learn.nd4j;

import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J on a GPU, of a kind that ND4J's CUDA library was compiled for. */
public final class Nd4jCudaKernel extends Nd4jKernel {
  private static final String CUDA = "Cublas";

  private final GpuQuery query;

  /** Found by {@link java.util.ServiceLoader}. */
  public Nd4jCudaKernel() {
    this(GpuQuery.driver());
  }

  /**
   * A kernel for given GPUs.
   *
   * @param query says which there are
   */
  Nd4jCudaKernel(GpuQuery query) {
    this.query = query;
  }

  @Override
  public String name() {
    return "nd4j-cuda";
  }

  @Override
  public void check() {
    ComputeCapability.requireUsable(query.capabilities());
    super.check();
    if (!Nd4j.getBackend().getClass().getSimpleName().contains(CUDA)) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "ND4J's CUDA library is not installed",
          "ensemble.device: gpu",
          "cpu, or gpu after learn/nd4j/setup cuda",
          "Run that and start again, or set ensemble.device: cpu");
    }
  }
}
