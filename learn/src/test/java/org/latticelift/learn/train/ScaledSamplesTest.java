package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.gradient.TrainingProblem.Noise;
import org.latticelift.learn.train.gradient.TrainingProblem.Samples;

/** Every pair is scaled with the numbers of its own variable and condition. */
class ScaledSamplesTest {
  @Test
  void variablesAndConditionsKeepTheirScales() {
    PairSet pairs =
        new PairSet(
            2,
            new double[] {3, 10, 5, 30},
            new double[] {4, 14, 5, 26},
            new double[] {6, 8},
            new int[] {1, 0},
            new double[] {1000, 2000},
            new long[2]);
    SdeScaling scaling =
        new SdeScaling(
            new double[] {1, 10},
            new double[] {2, 4},
            new double[] {1000, 2000},
            new double[] {4, 12});
    SdeArchitecture architecture =
        new SdeArchitecture(
            2,
            0,
            DriftSpec.linear(),
            new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), true, 0.5, 1));
    Samples scaled = TrainingDesign.scaled(pairs, Noise.RESIDUALS, scaling, architecture);
    int[] all = {0, 1};
    assertThat(scaled.state(all)).containsExactly(1, 0, 2, 5);
    assertThat(scaled.increment(all)).containsExactly(0.5f, 1, 0, -1);
    assertThat(scaled.duration(all)).containsExactly(0.5f, 2);
    assertThat(scaled.condition(all))
        .containsExactly((float) architecture.input(2000), (float) architecture.input(1000));
  }
}
