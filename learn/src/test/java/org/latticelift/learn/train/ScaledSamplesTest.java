package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.learn.train.gradient.Samples;

/** Every pair is scaled with the numbers of its own variable and condition. */
class ScaledSamplesTest {
  @Test
  void variablesAndConditionsKeepTheirScales() {
    PairSet pairs =
        new PairSet(
            2,
            new double[] {3, 10, 5, 30},
            new double[] {4, 14, 5, 26},
            new double[0],
            new double[0],
            new double[] {6, 8},
            new int[] {1, 0},
            new double[] {1000, 2000},
            new long[2],
            new double[0],
            new double[] {1, 4});
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
    assertThat(scaled.increment(all)).containsExactly(0.5f, 1, 0, -4);
    assertThat(scaled.duration(all)).containsExactly(0.5f, 8);
    assertThat(scaled.condition(all))
        .containsExactly((float) architecture.input(2000), (float) architecture.input(1000));
  }

  /** What was taken off the increments, or the differences of twins; the drift sees the targets. */
  @Test
  void theColumnOfNoiseIsWhatTheDiffusionIsFittedTo() {
    double[] none = new double[0];
    double[] target = {1.5, 4};
    double[] twin = {1.5, 2};
    PairSet pairs =
        new PairSet(
            1,
            new double[] {1, 3},
            new double[] {2, 5},
            target,
            none,
            new double[] {1, 1},
            new int[2],
            new double[] {1000},
            new long[2],
            none,
            new double[0]);
    PairSet twins =
        new PairSet(
            1,
            pairs.z0(),
            pairs.z1(),
            target,
            twin,
            pairs.dt(),
            pairs.condition(),
            pairs.values(),
            pairs.group(),
            none,
            new double[0]);
    SdeScaling scaling =
        new SdeScaling(new double[1], new double[] {2}, new double[] {1000}, new double[] {1});
    SdeArchitecture architecture =
        new SdeArchitecture(
            1,
            0,
            DriftSpec.linear(),
            new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), true, 0.5, 1));
    for (PairSet each : List.of(pairs, twins)) {
      Samples scaled = TrainingDesign.scaled(each, each.noise(), scaling, architecture);
      assertThat(scaled.increment(scaled.all())).containsExactly(0.25f, 0.5f);
      assertThat(scaled.noise(scaled.all()))
          .containsExactly(each == twins ? new float[] {0.25f, -0.5f} : new float[] {0.25f, 0.5f});
    }
    Samples plain = TrainingDesign.scaled(pairs, Noise.RESIDUALS, scaling, architecture);
    assertThat(plain.noise()).isFalse();
    assertThat(plain.rates()).containsExactly((0.0625 + 0.25) / 2);
  }
}
