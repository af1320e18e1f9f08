package org.latticelift.sim.simulate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MicroscopicSystem;

/** The mean time per event and patch, measured on the small system. */
public final class MeanEventTime {
  private MeanEventTime() {}

  /**
   * What events take in the small system, as the runs of a directory tell.
   *
   * @param directory where {@code snapshots.h5} may be
   * @param system that was simulated
   * @param condition the condition
   * @return empty where there are no snapshots, or no events
   */
  static Optional<EventClock> clock(
      RunDirectory directory, MicroscopicSystem<?> system, Condition condition) {
    if (!directory.complete(SnapshotsFile.NAME)) {
      return Optional.empty();
    }
    try (SnapshotsFile snapshots = SnapshotsFile.open(directory.file(SnapshotsFile.NAME))) {
      return EventClock.of(snapshots.courses(condition), system.small().patches());
    }
  }

  /**
   * The time in which a number of events is made on average, as the runs of a directory tell; they
   * are continued at the pace of their second half.
   *
   * @param directory where {@code snapshots.h5} may be
   * @param system that was simulated
   * @param condition one of those that it was simulated at
   * @param events per patch
   * @return in the unit of time; empty where there are no snapshots, or no events
   */
  public static OptionalDouble of(
      RunDirectory directory, MicroscopicSystem<?> system, Condition condition, double events) {
    if (!system.conditions().contains(condition)) {
      return OptionalDouble.empty();
    }
    return clock(directory, system, condition)
        .map(clock -> OptionalDouble.of(clock.timeOf(events)))
        .orElse(OptionalDouble.empty());
  }

  /**
   * From the snapshots of a small system, which may consist of several patches.
   *
   * @param snapshots of the small system
   * @param system that was simulated
   * @param condition the condition
   * @return in the unit of time, per event and patch
   */
  public static double ofSmallSystem(
      SnapshotsFile snapshots, MicroscopicSystem<?> system, Condition condition) {
    return of(snapshots, condition) * system.small().patches();
  }

  /**
   * From the snapshots of a condition: total time of all runs over all their events.
   *
   * @param snapshots of the small system
   * @param condition the condition
   * @return in the unit of time
   */
  public static double of(SnapshotsFile snapshots, Condition condition) {
    List<RunRecords.End> ends = snapshots.ends(condition);
    return ends.isEmpty() ? ofStates(snapshots, condition) : ofRuns(ends);
  }

  private static double ofStates(SnapshotsFile snapshots, Condition condition) {
    double[] time = snapshots.time(condition);
    long[] jumps = snapshots.jumps(condition);
    int[] run = snapshots.run(condition);
    double total = 0;
    long events = 0;
    for (int i = 0; i < time.length; i++) {
      if (i + 1 == time.length || run[i + 1] != run[i]) {
        total += time[i];
        events += jumps[i];
      }
    }
    return total / Math.max(1, events);
  }

  private static double ofRuns(List<RunRecords.End> ends) {
    double total = 0;
    long events = 0;
    for (RunRecords.End end : ends) {
      total += end.time();
      events += end.jumps();
    }
    return total / Math.max(1, events);
  }
}
