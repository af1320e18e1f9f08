package org.latticelift.learn.nd4j;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.nd4j.Nd4jCudaKernel.ComputeCapability;

/** Which GPUs are accepted. */
class ComputeCapabilityTest {
  @ParameterizedTest
  @ValueSource(strings = {"3.7", "6.1", "8.0", "8.6"})
  void acceptsWhatTheLibraryWasCompiledFor(String capability) {
    assertThatCode(() -> ComputeCapability.requireUsable(List.of(capability)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5", "8.9", "9.0", "10.0", "12.0", "[N/A]"})
  void refusesOthersBeforeAnythingIsLoaded(String capability) {
    Nd4jCudaKernel kernel = new Nd4jCudaKernel(() -> List.of(capability, "8.6"));
    assertThatThrownBy(kernel::check)
        .isInstanceOf(LatticeLiftException.class)
        .hasMessageContaining(capability)
        .hasMessageContaining("3.7 to 8.6")
        .hasMessageContaining("ensemble.device: cpu");
  }

  @Test
  void refusesAMachineWithoutGpu() {
    Nd4jCudaKernel kernel = new Nd4jCudaKernel(List::of);
    assertThatThrownBy(kernel::check).hasMessageContaining("no GPU");
  }

  @Test
  void saysWhereAUsableGpuLacksTheLibrary() {
    Nd4jCudaKernel kernel = new Nd4jCudaKernel(() -> List.of("8.0"));
    assertThatThrownBy(kernel::check)
        .hasMessageContaining("learn/nd4j/setup cuda")
        .isInstanceOf(LatticeLiftException.class);
  }
}
