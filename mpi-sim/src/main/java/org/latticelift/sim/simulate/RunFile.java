package org.latticelift.sim.simulate;

import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.MicroscopicSystem;

/** Datasets {@code time}, {@code jumps} and {@code observables} of a run. */
final class RunFile {
  private RunFile() {}

  static void write(Hdf5Writer file, String group, Trajectory run, MicroscopicSystem<?> system) {
    int records = run.size();
    file.dataset(
        group + "/time",
        run.times(),
        new long[] {records},
        DatasetInfo.of(system.timeUnit(), "physical time of the record", "record"));
    file.dataset(
        group + "/jumps",
        run.jumps(),
        new long[] {records},
        DatasetInfo.of("1", "events since the start", "record"));
    observables(file, group, run.observables(), records, system.macroscopics());
  }

  static void observables(
      Hdf5Writer file, String group, double[] values, long records, Macroscopics macroscopics) {
    file.dataset(
        group + "/observables",
        values,
        new long[] {records, macroscopics.size()},
        new DatasetInfo(
            units(macroscopics),
            "observables " + String.join(" ", macroscopics.names()),
            List.of("record", "observable")));
  }

  private static String units(Macroscopics macroscopics) {
    List<String> distinct = macroscopics.units().stream().distinct().toList();
    return distinct.size() == 1 ? distinct.get(0) : String.join(",", macroscopics.units());
  }
}
