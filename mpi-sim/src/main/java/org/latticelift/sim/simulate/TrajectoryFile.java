package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.simulate.RunRecords.Trajectory;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemOptions.Measured;

/**
 * {@code trajectory.h5}: all records of each direct run, as {@link RunRecords} in groups such as
 * {@code T2000/run0}; attributes {@code observable_names} and, where something was subtracted,
 * {@code observable_reference} of the file; where ranks held states together, what they took in
 * {@code provenance/ranks}.
 */
public final class TrajectoryFile implements AutoCloseable {
  /** Name in a run directory. */
  public static final String NAME = "trajectory.h5";

  private final Hdf5Reader reader;

  private TrajectoryFile(Hdf5Reader reader) {
    this.reader = reader;
  }

  /** Opens a file to read ({@code file}: written by direct runs); the file, to be closed. */
  public static TrajectoryFile open(Path file) {
    return of(Hdf5Reader.open(file));
  }

  /** A file that is open; the same file; closing one closes both. */
  public static TrajectoryFile of(Hdf5Reader reader) {
    return new TrajectoryFile(reader);
  }

  /** The path. */
  public Path file() {
    return reader.file();
  }

  /** Names of the observables. */
  public List<String> observables() {
    return StateSeries.observables(reader);
  }

  /**
   * The conditions with all records of runs; ascending in the value; empty in files of other kinds.
   */
  public List<Condition> conditions() {
    return ConditionGroup.all(reader).stream()
        .filter(condition -> RunRecords.exist(reader, condition))
        .toList();
  }

  /** The runs of a condition ({@code condition}: one of {@link #conditions}); run by run. */
  public List<RunRecords> runs(Condition condition) {
    return RunRecords.all(reader, condition);
  }

  /**
   * The unit of times ({@code condition}: one of {@link #conditions}); such as {@code s}; {@code 1}
   * where time has no unit.
   */
  public String timeUnit(Condition condition) {
    return RunRecords.timeUnit(reader, condition);
  }

  /** A list that explains what was measured beside observables; empty where nothing was. */
  public List<String> legend(String name) {
    return reader.findAttribute("/", name).isPresent()
        ? reader.textListAttribute("/", name)
        : List.of();
  }

  /** What the runs of a condition measured beside their observables, run by run. */
  public List<double[]> measured(Condition condition, Measured what) {
    List<double[]> runs = new ArrayList<>();
    while (reader.exists(RunRecords.group(condition, runs.size()))) {
      runs.add(RunRecords.measured(reader, RunRecords.group(condition, runs.size()), what));
    }
    return runs;
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Writes the file ({@code use}: of the ranks, where they held states together). */
  static void write(Path file, RunStore<?> runs, Provenance provenance, Optional<RankUse> use) {
    write(file, runs.system(), runs::trajectories, provenance, use);
  }

  /** Writes the file ({@code runs}: of each condition, in memory one condition at a time). */
  static void write(
      Path file,
      LatticeSystem<?> system,
      Function<Condition, List<Trajectory>> runs,
      Provenance provenance,
      Optional<RankUse> use) {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describeObservables(writer, system, system.large());
      system
          .options()
          .measured()
          .ifPresent(
              what ->
                  what.legend()
                      .forEach(
                          (n, words) -> writer.attribute("/", n, words.toArray(String[]::new))));
      provenance.writeTo(writer);
      use.ifPresent(u -> u.writeTo(writer));
      for (Condition condition : system.conditions()) {
        ConditionGroup.write(writer, condition);
        RunRecords.write(writer, condition, runs.apply(condition), system);
      }
    }
  }
}
