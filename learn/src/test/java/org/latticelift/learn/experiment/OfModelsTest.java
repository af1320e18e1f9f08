package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.experiment.Measured.OfModels;
import org.latticelift.learn.sde.Resampling;

/** Numbers by models that share parts of the data. */
class OfModelsTest {
  private static final int MODELS = 8;

  private static Resampling parts(int... resample) {
    return new Resampling(resample, Resampling.Unit.RUNS, MODELS);
  }

  private static OfModels of(double[] values, Resampling resampling) {
    double[] noise = new double[values.length];
    Arrays.fill(noise, 1e-3);
    return new OfModels(values, noise, resampling);
  }

  private static double half(Measured measured) {
    return (measured.interval().upper() - measured.interval().lower()) / 2;
  }

  @Test
  void whatTheDataDoToBothDropsOut() {
    SplittableRandom random = new SplittableRandom(3);
    Resampling parts = parts(0, 1, 2, 3, 4, 5, 6, 7);
    double[] one = new double[MODELS];
    double[] other = new double[MODELS];
    for (int k = 0; k < MODELS; k++) {
      double data = random.nextDouble(-1, 1);
      one[k] = 0.5 + data + 0.01 * random.nextDouble(-1, 1);
      other[k] = 0.3 + data + 0.01 * random.nextDouble(-1, 1);
    }
    Measured difference = of(one, parts).minus(of(other, parts));
    assertThat(difference.value()).isEqualTo(0.2, within(0.01));
    assertThat(half(difference)).isLessThan(0.03);
    double alone = Uncertainty.of(one, new double[MODELS], parts).halfWidth();
    assertThat(alone).as("without pairs").isGreaterThan(0.5);
  }

  @Test
  void aModelThatDivergedIsLeftOut() {
    Resampling parts = parts(0, 1, 2, 3);
    OfModels one = of(new double[] {1, 2, Double.NaN, 4}, parts);
    Measured difference = one.minus(of(new double[] {0, 1, 2, 3.1}, parts));
    assertThat(difference.value()).isEqualTo(2.9 / 3, within(1e-12));
    assertThat(half(difference)).isBetween(0.1, 0.5);
  }

  @Test
  void onlyModelsOfTheSamePartsArePairs() {
    double[] values = {1, 2, 3, 4};
    OfModels one = of(values, parts(0, 1, 2, 3));
    assertThat(one.pairedWith(of(values, parts(0, 1, 2, 3)))).isTrue();
    assertThat(one.pairedWith(of(values, parts(0, 0, 1, 2)))).isFalse();
    Resampling none = new Resampling(new int[4], Resampling.Unit.NONE, 0);
    assertThat(of(values, none).pairedWith(of(values, none))).isFalse();
  }
}
