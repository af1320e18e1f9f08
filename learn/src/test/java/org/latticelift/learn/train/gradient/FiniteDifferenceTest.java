package org.latticelift.learn.train.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Every derivative of tiny models against central differences of the loss. */
class FiniteDifferenceTest {
  private static final int COUNT = 5;
  private static final double STEP = 1e-6;

  static List<SdeArchitecture> tiny() {
    return List.of(
        new SdeArchitecture(
            2,
            1,
            new DriftSpec(DriftKind.ONSAGER, List.of(3, 3), 0.5, 0.1, true, true),
            new DiffusionSpec(DiffusionMode.ARBITRARY, List.of(3), true, 1, 0.7)),
        new SdeArchitecture(
            3,
            0,
            new DriftSpec(DriftKind.ONSAGER, List.of(4), 0.2, 0, false, false),
            new DiffusionSpec(DiffusionMode.DIAGONAL, List.of(3), false, 1, 1)),
        new SdeArchitecture(
            1,
            0,
            new DriftSpec(DriftKind.PLAIN, List.of(3, 2), 0, 0, false, false),
            new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), false, 0.6, 1)));
  }

  @ParameterizedTest
  @MethodSource("tiny")
  void gradientIsTheSlopeOfTheLoss(SdeArchitecture a) {
    RandomStream stream = new Streams(3).stream(Purpose.CHECK, 21);
    Samples samples = samples(a.dimension(), stream);
    double[] flat = parameters(a, stream);
    FusedObjective<double[]> objective =
        new FusedObjective<>(
            a, TrainingProblem.plain(2, 1e-2, samples, samples), new DoubleArithmetic());
    objective.order(samples.all());
    double[] gradient = new double[flat.length];
    double loss = objective.gradient(flat, 0, COUNT, gradient);
    assertThat(objective.validation(flat)).isEqualTo(loss);
    for (int i = 0; i < flat.length; i++) {
      double value = flat[i];
      flat[i] = value + STEP;
      double above = objective.validation(flat);
      flat[i] = value - STEP;
      double below = objective.validation(flat);
      flat[i] = value;
      double slope = (above - below) / (2 * STEP);
      assertThat(gradient[i])
          .as("parameter %d", i)
          .isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
    }
  }

  private static Samples samples(int d, RandomStream stream) {
    float[] state = new float[COUNT * d];
    float[] increment = new float[COUNT * d];
    float[] duration = new float[COUNT];
    float[] condition = new float[COUNT];
    for (int k = 0; k < COUNT; k++) {
      for (int i = 0; i < d; i++) {
        state[k * d + i] = (float) stream.normal();
        increment[k * d + i] = (float) (0.5 * stream.normal());
      }
      duration[k] = 0.1f + 0.05f * k;
      condition[k] = 0.2f * k;
    }
    return Samples.of(d, state, increment, new float[0], duration, condition);
  }

  private static double[] parameters(SdeArchitecture a, RandomStream stream) {
    float[] initial = SdeParameters.initial(a, stream).flat();
    double[] flat = new double[initial.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = initial[i] + 0.2 * stream.normal();
    }
    return flat;
  }
}
