package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

final class BootstrapTest {

  @Test
  void theIntervalOfAMeanIsAboutTwoStandardErrorsWide() {
    double[] values = Ar1.series(400, 0, 1, 31);
    Interval interval =
        Bootstrap.interval(
            400,
            chosen -> Arrays.stream(chosen).mapToDouble(i -> values[i]).average().orElseThrow(),
            new Streams(1).stream(Purpose.BOOTSTRAP, 0));
    double mean = Arrays.stream(values).average().orElseThrow();
    assertThat(interval.lower()).isCloseTo(mean - 1.96 / 20, within(0.02));
    assertThat(interval.upper()).isCloseTo(mean + 1.96 / 20, within(0.02));
  }

  @Test
  void tooFewUnitsGiveNone() {
    assertThat(Bootstrap.interval(2, chosen -> 1, new Streams(1).stream(Purpose.BOOTSTRAP, 0)))
        .isEqualTo(Interval.NONE);
  }
}
