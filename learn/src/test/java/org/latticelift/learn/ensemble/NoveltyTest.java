package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.sde.SdeModel.TrainedStates;
import org.latticelift.learn.sde.Transition;

/** How far a mean is from states at 0, 0.1 ... 1 of one condition and 5, 5.1 ... 6 of another. */
class NoveltyTest {
  @TempDir Path folder;

  private static TrainedStates states() {
    float[][] scaled = new float[2][11];
    for (int i = 0; i <= 10; i++) {
      scaled[0][i] = 0.1f * i;
      scaled[1][i] = 5 + 0.1f * i;
    }
    return new TrainedStates(scaled, 1);
  }

  private static SdeModel model(TrainedStates states) {
    SdeModel m = LinearModels.one(1, 0, 0, new double[] {1000, 2000}, new double[] {1e-3, 1e-5});
    return new SdeModel(
        m.architecture(),
        m.models(),
        m.scaling(),
        m.map(),
        m.history(),
        m.factors(),
        m.epsilon(),
        new PairDiagnostics(
            1, new double[0][], new double[0], states, Transition.EULER, new double[0]),
        m.resampling());
  }

  /** Observables are 0.5 + 2 y and 1 - 2 times that. */
  private static double novelty(double kelvin, double y) {
    return novelty(kelvin, y, Double.NaN);
  }

  private static double novelty(double kelvin, double y, double half) {
    double z = 0.5 + 2 * y;
    return new Novelty(model(states()))
        .along(new double[] {kelvin}, new double[] {z, 1 - 2 * z}, new double[] {half, 2 * half})[
        0];
  }

  @Test
  void distancesAreInUnitsOfThoseAmongTheStates() {
    assertThat(novelty(1000, 0.3)).isCloseTo(0, within(1e-5));
    assertThat(novelty(1000, 0.35)).isCloseTo(0.5, within(1e-5));
    assertThat(novelty(1000, 1.4)).isCloseTo(4, within(1e-4));
    assertThat(novelty(1000, 5.5)).isCloseTo(45, within(1e-3));
  }

  /** Between two conditions the nearer cloud counts, outside the last one. */
  @Test
  void theConditionsAroundCount() {
    assertThat(novelty(1500, 1.4)).isCloseTo(4, within(1e-4));
    assertThat(novelty(1500, 5.5)).isCloseTo(0, within(1e-5));
    assertThat(novelty(2000, 1.4)).isCloseTo(36, within(1e-3));
    assertThat(novelty(2500, 5.5)).isCloseTo(0, within(1e-5));
    assertThat(novelty(500, 0.3)).isCloseTo(0, within(1e-5));
  }

  /**
   * Many states of a record lie together: neighbours farther away count, of states and of the mean.
   */
  @Test
  void statesThatLieTogetherAreNoScale() {
    float[][] scaled = new float[1][256];
    for (int i = 0; i < 256; i++) {
      scaled[0][i] = i / 8 + 0.001f * (i % 8);
    }
    TrainedStates pairs = new TrainedStates(scaled, 1);
    double spacing = pairs.spacing()[0];
    assertThat(spacing).isBetween(0.9, 2.1);
    double[] known = {0};
    assertThat(pairs.distance(0, new double[] {15.5}, known) / spacing).isLessThan(1);
    assertThat(pairs.distance(0, new double[] {40}, known) / spacing).isGreaterThan(4);
  }

  /** A mean that may as well be where states are is not far from them. */
  @Test
  void theIntervalCounts() {
    assertThat(novelty(1000, 1.4)).isCloseTo(4, within(1e-4));
    assertThat(novelty(1000, 1.4, 2 * 0.3)).isCloseTo(1, within(1e-4));
    assertThat(novelty(1000, 1.4, 2 * 0.5)).isZero();
  }

  @Test
  void aModelThatDoesNotKnowItsStatesSaysNothing() {
    assertThat(
            new Novelty(model(TrainedStates.UNKNOWN))
                .along(new double[] {1000}, new double[] {0, 1}, new double[2]))
        .containsExactly(Double.NaN);
  }

  @Test
  void statesGoWithTheModel() {
    Path file = folder.resolve("model.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      ModelFile.write(writer, model(states()));
    }
    assertThat(ModelFile.read(file).diagnostics().states()).isEqualTo(states());
  }
}
