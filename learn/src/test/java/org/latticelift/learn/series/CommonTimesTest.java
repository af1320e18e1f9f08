package org.latticelift.learn.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.series.CommonTimes.DirectRecords;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.LateAverages;

/** Numbers of direct runs whose truth is known. */
class CommonTimesTest {
  private static final double[] TIMES = IntStream.rangeClosed(0, 200).asDoubleStream().toArray();

  /** Independent values of deviation 2, one after the other or in fives. */
  private static TimeSeries run(RandomStream stream, int alike) {
    double[] values = new double[TIMES.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % alike == 0 ? 2 * stream.normal() : values[i - 1];
    }
    return new TimeSeries(TIMES, values, 1);
  }

  /** 95 % of 400 intervals, to four of their standard errors. */
  @Test
  void intervalsOfDeviationsHoldTheTruth() {
    RandomStream stream = new Streams(8).stream(Purpose.CHECK, 1);
    for (int alike : new int[] {1, 5}) {
      int inside = 0;
      for (int set = 0; set < 400; set++) {
        List<TimeSeries> runs = IntStream.range(0, 8).mapToObj(r -> run(stream, alike)).toList();
        DirectRecords records = new DirectRecords(runs);
        LateAverages late = records.late(1);
        double off = Math.abs(records.deviation(0, late) - 2);
        inside += off <= records.deviationHalfWidth(0, late) ? 1 : 0;
      }
      assertThat(inside / 400.0).isBetween(0.9, 0.99);
    }
  }

  @Test
  void oneRunHasNoInterval() {
    RandomStream stream = new Streams(8).stream(Purpose.CHECK, 2);
    DirectRecords one = new DirectRecords(List.of(run(stream, 1)));
    assertThat(one.deviationHalfWidth(0, one.late(1))).isNaN();
  }
}
