package org.latticelift.sim.simulate;

import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.sim.simulate.RunRecords.Trajectory;
import org.latticelift.sim.statistics.LateAverages;
import org.latticelift.sim.statistics.LateAverages.LateMean;

/**
 * Averages over the late records of all runs of a condition. Over records at equal times they are
 * averages over time, over records after equal numbers of events they are averages over events
 * (DI-53).
 *
 * @param records of every run, the initial one included
 * @param lateRecords records after the transient, all runs together
 * @param late mean and error of each observable, and what is not relaxed
 * @param timePerEvent of the late parts of all runs: time over events; NaN without events
 */
record ConditionAverages(int records, long lateRecords, LateAverages late, double timePerEvent) {

  /**
   * Averages the first records of runs that share their times ({@code records}: how many records of
   * each are looked at, the initial one included; {@code components}: observables per record).
   */
  static ConditionAverages of(List<Trajectory> runs, int records, int components) {
    LateAverages late =
        LateAverages.of(
            IntStream.range(0, components).mapToObj(c -> columns(runs, c, records)).toList());
    return new ConditionAverages(
        records,
        (long) runs.size() * (records - late.dropped()),
        late,
        timePerEvent(runs, late.dropped(), records - 1));
  }

  private static List<double[]> columns(List<Trajectory> runs, int component, int records) {
    return runs.stream().map(run -> run.column(component, 0, records)).toList();
  }

  private static double timePerEvent(List<Trajectory> runs, int from, int last) {
    double time = 0;
    long events = 0;
    for (Trajectory run : runs) {
      time += run.time(last) - run.time(from);
      events += run.jumps(last) - run.jumps(from);
    }
    return time / events;
  }

  boolean relaxed() {
    return late.relaxed();
  }

  /** Leading records of every run that belong to the transient of some observable. */
  int dropped() {
    return late.dropped();
  }

  /** One entry per observable. */
  List<LateMean> observables() {
    return late.observables();
  }

  /** NaN if an error is unknown. */
  double largestError() {
    return observables().stream().mapToDouble(LateMean::error).max().orElse(0);
  }
}
