package org.latticelift.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.vacancy.barrier.DenseKernelFactory;

class FastestKernelTest {
  /** A service that nothing implements. */
  interface Nobody {}

  @Test
  void withoutAnImplementationThePlainOneIsMadeOnce() {
    List<Nobody> made = new ArrayList<>();
    FastestKernel<Nobody> kernel =
        new FastestKernel<>(
            Nobody.class,
            () -> {
              made.add(new Nobody() {});
              return made.get(0);
            },
            "slow");
    assertThat(made).isEmpty();
    assertThat(kernel.get()).isSameAs(kernel.get()).isSameAs(made.get(0));
    assertThat(made).hasSize(1);
  }

  /** Tests run with the Vector API; the tests of kernels start Java machines without it. */
  @Test
  void vectorsAreFoundWhereTheyAre() {
    FastestKernel<DenseKernelFactory> kernel =
        new FastestKernel<>(
            DenseKernelFactory.class,
            () -> {
              throw new AssertionError("the plain kernel");
            },
            "slow");
    assertThat(kernel.get().name()).startsWith("vector-");
    assertThat(FastestKernel.withVectors(Nobody.class)).isEmpty();
  }
}
