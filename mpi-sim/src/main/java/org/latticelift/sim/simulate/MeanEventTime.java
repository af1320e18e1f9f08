package org.latticelift.sim.simulate;

import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MicroscopicSystem;

/** The mean time per event and patch, measured on the small system. */
public final class MeanEventTime {
  private MeanEventTime() {}

  /**
   * From the snapshots of a run directory.
   *
   * @param directory where {@code snapshots.h5} may be
   * @param system that was simulated
   * @param condition the condition
   * @return seconds; 0 where there are no snapshots
   */
  public static double ofSmallSystem(
      RunDirectory directory, MicroscopicSystem<?> system, Condition condition) {
    if (!directory.complete(SimulateStage.OUTPUT)) {
      return 0;
    }
    try (Hdf5Reader reader = Hdf5Reader.open(directory.file(SimulateStage.OUTPUT))) {
      return ofSmallSystem(reader, system, condition);
    }
  }

  /**
   * From the snapshots of a small system, which may consist of several patches.
   *
   * @param snapshots an open {@code snapshots.h5}
   * @param system that was simulated
   * @param condition the condition
   * @return seconds per event and patch
   */
  public static double ofSmallSystem(
      Hdf5Reader snapshots, MicroscopicSystem<?> system, Condition condition) {
    return of(snapshots, "/" + condition.name()) * system.small().patches();
  }

  /**
   * From the snapshots of a condition: total time of all runs over all their events.
   *
   * @param snapshots an open {@code snapshots.h5}
   * @param group group of the condition
   * @return seconds
   */
  public static double of(Hdf5Reader snapshots, String group) {
    if (snapshots.exists(group + "/run0")) {
      return ofRuns(snapshots, group);
    }
    double[] time = snapshots.doubles(group + "/time");
    long[] jumps = snapshots.longs(group + "/jumps");
    int[] run = snapshots.ints(group + "/run");
    double seconds = 0;
    long events = 0;
    for (int i = 0; i < time.length; i++) {
      if (i + 1 == time.length || run[i + 1] != run[i]) {
        seconds += time[i];
        events += jumps[i];
      }
    }
    return seconds / Math.max(1, events);
  }

  private static double ofRuns(Hdf5Reader snapshots, String group) {
    double seconds = 0;
    long events = 0;
    for (int run = 0; snapshots.exists(group + "/run" + run); run++) {
      String name = group + "/run" + run;
      int last = Math.toIntExact(snapshots.dims(name + "/time")[0]) - 1;
      seconds += snapshots.doubles(name + "/time")[last];
      events += snapshots.longs(name + "/jumps")[last];
    }
    return seconds / Math.max(1, events);
  }
}
