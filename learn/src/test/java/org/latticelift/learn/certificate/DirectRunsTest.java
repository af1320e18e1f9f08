package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.MacroscopicMap;

class DirectRunsTest {
  private static final MacroscopicMap MAP = MacroscopicMap.identity(List.of("m"));

  @Test
  void theSecondHalfIsWeightedByTime() {
    // late: 2 for a time of 1, then -4 for 3 (the last record for half of its interval)
    TimeSeries run = new TimeSeries(new double[] {0, 1, 2, 4, 8}, new double[] {9, 9, 9, 2, -4}, 1);
    DirectRuns one = new DirectRuns(List.of(run, run), MAP);
    assertThat(one.known()).isTrue();
    double first = (8 - 2) / 2.0;
    double last = (8 - 4) / 2.0;
    double all = first + last;
    // pieces of equal numbers of records are averaged first
    assertThat(one.value(BiasedValue.LATE_MEAN, 0)).isEqualTo((2 - 4) / 2.0, within(1e-12));
    assertThat(one.value(BiasedValue.LATE_MAGNITUDE, 0)).isEqualTo((2 + 4) / 2.0, within(1e-12));
    DirectRuns many = new DirectRuns(List.of(run, run, run, run, run, run, run, run), MAP);
    assertThat(many.value(BiasedValue.LATE_MEAN, 0))
        .isEqualTo((2 * first - 4 * last) / all, within(1e-12));
    assertThat(many.error(BiasedValue.LATE_MEAN, 0)).isEqualTo(0, within(1e-7));
  }

  @Test
  void errorsAreThoseOfIndependentRuns() {
    RandomStream stream = new Streams(1).stream(Purpose.CHECK, 5);
    int repeats = 200;
    double squareOfMean = 0;
    double claimedOfMean = 0;
    double squareOfDeviation = 0;
    double claimedOfDeviation = 0;
    for (int r = 0; r < repeats; r++) {
      DirectRuns runs = new DirectRuns(noise(stream), MAP);
      squareOfMean += Math.pow(runs.value(BiasedValue.LATE_MEAN, 0), 2) / repeats;
      claimedOfMean += Math.pow(runs.error(BiasedValue.LATE_MEAN, 0), 2) / repeats;
      squareOfDeviation += Math.pow(runs.value(BiasedValue.LATE_DEVIATION, 0) - 1, 2) / repeats;
      claimedOfDeviation += Math.pow(runs.error(BiasedValue.LATE_DEVIATION, 0), 2) / repeats;
    }
    assertThat(claimedOfMean / squareOfMean).isBetween(0.7, 1.4);
    assertThat(claimedOfDeviation / squareOfDeviation).isBetween(0.7, 1.4);
  }

  private static List<TimeSeries> noise(RandomStream stream) {
    List<TimeSeries> runs = new ArrayList<>();
    for (int run = 0; run < 10; run++) {
      double[] time = new double[81];
      double[] values = new double[81];
      for (int k = 0; k < time.length; k++) {
        time[k] = k;
        values[k] = stream.normal();
      }
      runs.add(new TimeSeries(time, values, 1));
    }
    return runs;
  }

  @Test
  void withoutRunsNothingIsKnown() {
    assertThat(new DirectRuns(List.of(), MAP).known()).isFalse();
    TimeSeries record = new TimeSeries(new double[] {1}, new double[] {2}, 1);
    assertThat(new DirectRuns(List.of(record), MAP).known()).isFalse();
  }
}
