package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;

/** How often a training goes through the pairs. */
class EpochsTest {
  private static TrainConfig train(String yaml) {
    return Binder.bind(ConfigNode.parse(yaml, "train"), TrainConfig.class);
  }

  /** Pairs of a file, of which a model has half, or what is not held out; the steps they make. */
  @ParameterizedTest
  @CsvSource({
    "'{}', 20000, 60, 1200",
    "'{}', 10240, 60, 600",
    "'{}', 10000, 60, 600",
    "'{}', 3000, 200, 600",
    "'{}', 500, 600, 600",
    "'{}', 1, 600, 600",
    "'{}', 0, 600, 600",
    "'{models: 1}', 3000, 100, 600",
    "'{models: 1, validation_fraction: 0}', 3000, 100, 600",
    "'{resample: none}', 3000, 100, 600",
    "'{batch: 64}', 3000, 60, 1440",
    "'{epochs: auto, batch: 64}', 300, 200, 600",
    "'{epochs: 7}', 300, 7, 7"
  })
  void fewPairsMakeSixHundredStepsToo(String yaml, double pairs, int epochs, int steps) {
    TrainConfig train = train(yaml);
    TrainSettings settings = train.settings(pairs);
    assertThat(settings.epochs()).isEqualTo(epochs);
    double batches = Math.ceil(Math.max(1, train.pairsOfModel(pairs)) / settings.batch());
    assertThat(epochs * batches).isEqualTo(steps);
  }
}
