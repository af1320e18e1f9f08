package org.latticelift.sim.simulate;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.sim.simulate.RecordInterval.EventClock;
import org.latticelift.sim.statistics.RelaxationTime;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.TimeScales;

/** The mean time per event and patch, measured on the small system. */
public final class MeanEventTime {
  private MeanEventTime() {}

  /**
   * What events take in the small system, as the runs of a directory tell ({@code directory}: where
   * {@code snapshots.h5} may be); empty where there are no snapshots, or no events.
   */
  static Optional<EventClock> clock(
      RunDirectory directory, LatticeSystem<?> system, Condition condition) {
    if (!directory.complete(SnapshotsFile.NAME)) {
      return Optional.empty();
    }
    try (SnapshotsFile snapshots = SnapshotsFile.open(directory.file(SnapshotsFile.NAME))) {
      return EventClock.of(snapshots.courses(condition), system.small().patches());
    }
  }

  /**
   * The time in which a number of events is made on average, as the runs of a directory tell; they
   * are continued at the pace of their second half ({@code directory}: where {@code snapshots.h5}
   * may be; {@code events}: per patch), in the unit of time; empty where there are no snapshots, or
   * no events.
   */
  public static OptionalDouble of(
      RunDirectory directory, LatticeSystem<?> system, Condition condition, double events) {
    if (!system.conditions().contains(condition)) {
      return OptionalDouble.empty();
    }
    return clock(directory, system, condition)
        .map(clock -> OptionalDouble.of(clock.timeOf(events)))
        .orElse(OptionalDouble.empty());
  }

  /**
   * From the snapshots of a small system, which may consist of several patches, in the unit of
   * time, per event and patch.
   */
  public static double ofSmallSystem(
      SnapshotsFile snapshots, LatticeSystem<?> system, Condition condition) {
    return of(snapshots, condition) * system.small().patches();
  }

  /**
   * Times of a small system for pairs that are made from its snapshots ({@code longest}: a multiple
   * of the time of all runs that no evolution is to exceed), with the relaxation time of the
   * slowest observable; runs that are too short to show it give a lower bound.
   */
  public static TimeScales scales(
      SnapshotsFile snapshots, LatticeSystem<?> system, Condition condition, double longest) {
    int[] run = snapshots.run(condition);
    double[] time = snapshots.time(condition);
    int runs = 1 + Arrays.stream(run).max().orElse(0);
    int records = run.length / runs;
    int m = system.macroscopics().size();
    double[] values = snapshots.observables(condition, run.length, m);
    double slowest =
        IntStream.range(0, m)
            .mapToDouble(
                c ->
                    RelaxationTime.of(
                            IntStream.range(0, runs)
                                .mapToObj(r -> column(values, r * records, records, m, c))
                                .toList())
                        .steps())
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN);
    double interval = records < 2 ? Double.NaN : (time[records - 1] - time[0]) / (records - 1);
    double all = time[records - 1] * runs * system.small().patches();
    return new TimeScales(
        ofSmallSystem(snapshots, system, condition), slowest * interval, all * longest, interval);
  }

  private static double[] column(double[] values, int from, int records, int m, int component) {
    return IntStream.range(from, from + records)
        .mapToDouble(i -> values[i * m + component])
        .toArray();
  }

  /**
   * From the snapshots of a condition: total time of all runs over all their events, in the unit of
   * time.
   */
  public static double of(SnapshotsFile snapshots, Condition condition) {
    double total = 0;
    long events = 0;
    for (RunRecords.End end : snapshots.ends(condition)) {
      total += end.time();
      events += end.jumps();
    }
    return total / Math.max(1, events);
  }
}
