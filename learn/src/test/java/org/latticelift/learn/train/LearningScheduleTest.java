package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latticelift.learn.train.LearningSchedule.CosineRate;
import org.latticelift.learn.train.LearningSchedule.PlateauRate;

/** The plateau rule in both forms (ME-71, ME-72, DI-17). */
class LearningScheduleTest {
  @Test
  void positiveLossesAreTreatedAlike() {
    for (boolean authors : new boolean[] {false, true}) {
      PlateauRate schedule = new PlateauRate(authors, 1, 2, 0.2);
      schedule.epoch(10);
      schedule.epoch(10);
      schedule.epoch(9.9995);
      assertThat(schedule.rate(0)).isEqualTo(1);
      schedule.epoch(10);
      assertThat(schedule.rate(0)).isEqualTo(0.5);
      for (int i = 0; i < 20; i++) {
        schedule.epoch(10);
      }
      assertThat(schedule.rate(0)).isEqualTo(0.2);
    }
  }

  @Test
  void onlyTheAuthorsFormAcceptsSlightlyWorseNegativeLosses() {
    PlateauRate real = new PlateauRate(false, 1, 2, 0);
    PlateauRate authors = new PlateauRate(true, 1, 2, 0);
    double loss = -10;
    for (int epoch = 0; epoch < 12; epoch++) {
      real.epoch(loss);
      authors.epoch(loss);
      loss *= 1 - 5e-5;
    }
    assertThat(authors.rate(0)).isEqualTo(1);
    assertThat(real.rate(0)).isEqualTo(0.125);
    assertThat(authors.state()[1]).isGreaterThan(-10);
    assertThat(real.state()[1]).isEqualTo(-10);
  }

  @Test
  void stateIsRestored() {
    PlateauRate first = new PlateauRate(false, 1, 1, 0);
    first.epoch(-1);
    first.epoch(-1);
    PlateauRate second = new PlateauRate(false, 1, 1, 0);
    second.restore(first.state());
    first.epoch(-1);
    second.epoch(-1);
    assertThat(second.rate(0)).isEqualTo(first.rate(0)).isEqualTo(0.5);
  }

  @Test
  void cosineFallsToTheMinimum() {
    CosineRate schedule = new CosineRate(1e-3, 1e-6);
    assertThat(schedule.rate(0)).isLessThan(1e-4);
    assertThat(schedule.rate(0.05)).isGreaterThan(9.8e-4);
    assertThat(schedule.rate(1)).isEqualTo(1e-6);
  }
}
