package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Which kernel integrates an ensemble. */
class EnsembleKernelsTest {
  @Test
  void javaIsAlwaysThere() {
    EnsembleKernel kernel = EnsembleKernels.load(EnsembleEngine.JAVA, EnsembleDevice.CPU);
    kernel.check();
    assertThat(kernel.name()).isEqualTo("java");
  }

  @Test
  void javaHasNoGpu() {
    assertFails(
        () -> EnsembleKernels.load(EnsembleEngine.JAVA, EnsembleDevice.GPU),
        "ensemble.engine: nd4j");
  }

  /** Its module is not on this class path. */
  @Test
  void whatIsNotInstalledIsNamedWithItsSetup() {
    assertThatThrownBy(() -> EnsembleKernels.load(EnsembleEngine.ND4J, EnsembleDevice.CPU))
        .hasMessageContaining("learn/nd4j/setup native")
        .extracting(e -> ((LatticeLiftException) e).exitCode())
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThatThrownBy(() -> EnsembleKernels.load(EnsembleEngine.ND4J, EnsembleDevice.GPU))
        .hasMessageContaining("learn/nd4j/setup cuda");
  }
}
