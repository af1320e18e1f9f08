package org.latticelift.learn.nd4j;

import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.ensemble.EnsembleKernel;
import org.latticelift.learn.sde.KernelParameters;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * ND4J on the processor. An operation of ND4J takes about 10 microseconds whatever its size, and a
 * step about 40 operations, so blocks are large: it is of use where a GPU is, or as an independent
 * check of the Java kernel.
 */
public class Nd4jKernel implements EnsembleKernel {
  private static final int BLOCK = 4096;

  /**
   * Found by {@link java.util.ServiceLoader}; ND4J then looks for its parts where this class is.
   */
  public Nd4jKernel() {
    ND4JClassLoading.setNd4jClassloaderFromClass(Nd4jKernel.class);
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public void check() {
    try {
      Nd4jBackend.load();
      Nd4j.scalar(0f);
    } catch (Nd4jBackend.NoAvailableBackendException | LinkageError e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "ND4J does not start: " + e.getMessage(),
          "ensemble.engine " + name(),
          "its native library for this machine",
          "Run learn/nd4j/setup again, or set ensemble.engine: java",
          e);
    }
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public Program program(SdeArchitecture architecture, SdeParameters parameters, double condition) {
    KernelParameters folded = new KernelParameters(architecture, parameters, condition);
    return (count, noise) -> new Nd4jWalkers(architecture, folded, count, noise);
  }
}
