package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MicroscopicSystem;

/** {@code trajectory.h5}: all records of each run, in groups such as {@code T2000/run0}. */
final class TrajectoryFile {
  private TrajectoryFile() {}

  /**
   * Writes the file.
   *
   * @param use of the ranks, where they held states together
   */
  static void write(Path file, RunStore<?> runs, Provenance provenance, Optional<RankUse> use) {
    MicroscopicSystem<?> system = runs.system();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describeObservables(writer, system, runs.extent());
      provenance.writeTo(writer);
      use.ifPresent(u -> u.writeTo(writer));
      for (Condition condition : system.conditions()) {
        String group = StateSeries.group(writer, condition);
        writeRuns(writer, group, runs.trajectories(condition), system);
      }
    }
  }

  static void writeRuns(
      Hdf5Writer writer, String group, List<Trajectory> runs, MicroscopicSystem<?> system) {
    for (int run = 0; run < runs.size(); run++) {
      String name = group + "/run" + run;
      writer.group(name);
      RunFile.write(writer, name, runs.get(run), system);
    }
  }
}
