package org.latticelift.learn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.learn.ensemble.EnsembleDevice;
import org.latticelift.learn.ensemble.EnsembleEngine;
import org.latticelift.learn.ensemble.EnsembleKernel;
import org.latticelift.learn.ensemble.EnsembleKernels;
import org.latticelift.learn.ensemble.Walkers;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** What every ensemble kernel does, shown by comparison with the one in Java. */
@Tag("law")
class KernelContractTest {
  private static final int COUNT = 53;
  private static final double CONDITION = 1000;

  private static final EnsembleKernel JAVA =
      EnsembleKernels.load(EnsembleEngine.JAVA, EnsembleDevice.CPU);
  private static final EnsembleKernel ND4J =
      EnsembleKernels.load(EnsembleEngine.ND4J, EnsembleDevice.CPU);

  static Stream<SdeArchitecture> architectures() {
    DiffusionSpec lower = new DiffusionSpec(DiffusionMode.ARBITRARY, List.of(16, 16), true, 1, 0.3);
    DiffusionSpec diagonal = new DiffusionSpec(DiffusionMode.DIAGONAL, List.of(16), false, 1, 0.5);
    DiffusionSpec constant = new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), true, 0.5, 1);
    DiffusionSpec constantDiagonal =
        new DiffusionSpec(DiffusionMode.CONSTANT_DIAGONAL, List.of(), false, 0.4, 1);
    return Stream.of(
        new SdeArchitecture(4, 0, DriftSpec.plain(), DiffusionSpec.arbitrary(64, 64, 64)),
        new SdeArchitecture(3, 0, DriftSpec.plain(), lower),
        new SdeArchitecture(6, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64)),
        new SdeArchitecture(2, 2, DriftSpec.onsager(), diagonal),
        new SdeArchitecture(2, 0, DriftSpec.linear(), constant),
        new SdeArchitecture(1, 0, DriftSpec.plain(), constantDiagonal),
        new SdeArchitecture(3, 2, DriftSpec.onsager(), lower)
            .with(Optional.of(new Baseline(2, 2, true, 8e-4, 3e-4, 1.5, 2))));
  }

  private static Walkers walkers(EnsembleKernel kernel, SdeArchitecture architecture) {
    SdeParameters parameters =
        SdeParameters.initial(architecture, new Streams(3).stream(Purpose.CHECK));
    IntFunction<RandomStream> noise = t -> new Streams(7).stream(Purpose.ENSEMBLE_NOISE, t);
    Walkers walkers = kernel.program(architecture, parameters, CONDITION).walkers(COUNT, noise);
    double[] start = new double[architecture.dimension()];
    for (int i = 0; i < start.length; i++) {
      start[i] = 0.3 - 0.2 * i;
    }
    walkers.start(start);
    return walkers;
  }

  private static void requireEqual(Walkers expected, Walkers actual, int d) {
    double spread = 0;
    for (int t = 0; t < COUNT; t++) {
      for (int i = 0; i < d; i++) {
        assertThat(actual.get(i, t))
            .as("variable %d of trajectory %d", i, t)
            .isEqualTo(
                expected.get(i, t), within(2e-4f * Math.max(1, Math.abs(expected.get(i, t)))));
        spread = Math.max(spread, Math.abs(expected.get(i, t) - expected.get(i, 0)));
      }
    }
    assertThat(spread).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void trajectoriesAreThoseOfTheJavaKernel(SdeArchitecture architecture) {
    try (Walkers java = walkers(JAVA, architecture);
        Walkers nd4j = walkers(ND4J, architecture)) {
      assertThat(nd4j.count()).isEqualTo(COUNT);
      java.advance(20, 0.01, 0.7, StepScheme.EULER);
      java.advance(20, 0.01, 0.7, StepScheme.RUNGE_KUTTA);
      nd4j.advance(20, 0.01, 0.7, StepScheme.EULER);
      nd4j.advance(5, 0.01, 0.7, StepScheme.RUNGE_KUTTA);
      nd4j.advance(15, 0.01, 0.7, StepScheme.RUNGE_KUTTA);
      requireEqual(java, nd4j, architecture.dimension());
      assertThat(nd4j.finite()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void stepsWithoutNoiseAreThoseOfTheJavaKernel(SdeArchitecture architecture) {
    try (Walkers java = walkers(JAVA, architecture);
        Walkers nd4j = walkers(ND4J, architecture)) {
      java.relax(40, 0.01);
      nd4j.relax(40, 0.01);
      for (int i = 0; i < architecture.dimension(); i++) {
        assertThat(nd4j.get(i, COUNT - 1)).isEqualTo(java.get(i, COUNT - 1), within(1e-4f));
      }
    }
  }

  /** Other walkers, which have gone elsewhere, continue with the bits of those that were saved. */
  @ParameterizedTest
  @MethodSource("architectures")
  void savedTrajectoriesGoOnBitForBit(SdeArchitecture architecture) {
    for (EnsembleKernel kernel : List.of(JAVA, ND4J)) {
      try (Walkers whole = walkers(kernel, architecture);
          Walkers other = walkers(kernel, architecture)) {
        whole.advance(7, 0.01, 1, StepScheme.RUNGE_KUTTA);
        byte[] saved = whole.save();
        whole.advance(8, 0.01, 1, StepScheme.RUNGE_KUTTA);
        other.advance(3, 0.01, 1, StepScheme.RUNGE_KUTTA);
        other.restore(saved);
        other.advance(8, 0.01, 1, StepScheme.RUNGE_KUTTA);
        assertThat(other.save()).isEqualTo(whole.save()).isNotEqualTo(saved);
      }
    }
  }

  @Test
  void aDivergenceIsSeen() {
    SdeArchitecture architecture = architectures().findFirst().orElseThrow();
    try (Walkers nd4j = walkers(ND4J, architecture)) {
      assertThat(nd4j.finite()).isTrue();
      nd4j.start(new double[] {0, 0, 2e6, 0});
      assertThat(nd4j.finite()).isFalse();
      nd4j.start(new double[] {0, 0, 0, Double.NaN});
      assertThat(nd4j.finite()).isFalse();
    }
  }
}
