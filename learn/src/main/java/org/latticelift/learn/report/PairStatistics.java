package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;

/**
 * Durations and events of the training pairs of one condition.
 *
 * @param condition name
 * @param value of the parameter
 * @param pairs their number
 * @param meanDuration in the unit of time
 * @param lowDuration 5 % quantile
 * @param highDuration 95 % quantile
 * @param events number of events of every pair
 */
record PairStatistics(
    String condition,
    double value,
    int pairs,
    double meanDuration,
    double lowDuration,
    double highDuration,
    int[] events) {

  static List<PairStatistics> read(PairsFile file) {
    List<Condition> conditions = file.conditions();
    int[] condition = file.ints(PairColumn.CONDITION);
    double[] dt = file.doubles(PairColumn.DT);
    int[] events = file.ints(PairColumn.EVENTS);
    List<PairStatistics> all = new ArrayList<>();
    for (int c = 0; c < conditions.size(); c++) {
      int index = c;
      int[] rows = IntStream.range(0, dt.length).filter(i -> condition[i] == index).toArray();
      if (rows.length > 0) {
        double[] durations = Arrays.stream(rows).mapToDouble(row -> dt[row]).toArray();
        int[] own = Arrays.stream(rows).map(row -> events[row]).toArray();
        all.add(of(conditions.get(c), durations, own));
      }
    }
    return all;
  }

  private static PairStatistics of(Condition condition, double[] durations, int[] events) {
    Percentile percentile = new Percentile();
    percentile.setData(durations);
    return new PairStatistics(
        condition.name(),
        condition.value(),
        durations.length,
        Arrays.stream(durations).average().orElseThrow(),
        percentile.evaluate(5),
        percentile.evaluate(95),
        events);
  }

  double meanEvents() {
    return Arrays.stream(events).average().orElse(Double.NaN);
  }

  /** Share of the pairs without any event; NaN where events were not counted. */
  double idle() {
    if (Arrays.stream(events).allMatch(n -> n == 0)) {
      return Double.NaN;
    }
    return Arrays.stream(events).filter(n -> n == 0).count() / (double) events.length;
  }
}
