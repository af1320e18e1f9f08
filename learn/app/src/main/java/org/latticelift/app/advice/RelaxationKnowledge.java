package org.latticelift.app.advice;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.evaluate.EvaluationFile;
import org.latticelift.learn.evaluate.MeasuredRelaxation;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.evaluate.TimeSeries;
import org.latticelift.sim.simulate.MeanEventTime;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;

/**
 * What is known of relaxation times without running anything: results of earlier runs in the run
 * directory, else what the system knows of itself. Files that cannot be read tell nothing.
 */
final class RelaxationKnowledge {
  private final LatticeSystem<?> system;
  private final Path root;
  private final boolean directTells;

  /**
   * @param root run directory, which need not exist
   * @param directTells false where direct runs have other dynamics than the system
   */
  RelaxationKnowledge(LatticeSystem<?> system, Path root, boolean directTells) {
    this.system = system;
    this.root = root;
    this.directTells = directTells;
  }

  /** The best that is known at a condition; empty where nothing is. */
  Optional<ExpectedRelaxation> at(Condition condition) {
    return Stream.<Optional<ExpectedRelaxation>>of(
            measured(EvaluationFile.NAME, file -> evaluated(file, condition)),
            measured(TrajectoryFile.NAME, file -> direct(file, condition)),
            measured(SnapshotsFile.NAME, file -> small(file, condition)),
            ofSystem(condition))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Mean time per event and patch.
   *
   * @return 0 where it is not known
   */
  double eventTime(Condition condition) {
    OptionalDouble found =
        read(
            SnapshotsFile.NAME,
            file -> {
              try (SnapshotsFile snapshots = SnapshotsFile.open(file)) {
                return OptionalDouble.of(MeanEventTime.ofSmallSystem(snapshots, system, condition));
              }
            });
    return found.isPresent() ? found.getAsDouble() : system.costs().eventTime(condition);
  }

  private Optional<ExpectedRelaxation> ofSystem(Condition condition) {
    return system
        .options()
        .relaxation()
        .filter(known -> known.relaxationEvents(condition).isPresent())
        .map(
            known ->
                new ExpectedRelaxation(
                    known.relaxationEvents(condition).getAsDouble(),
                    ExpectedRelaxation.Unit.EVENTS,
                    known.relaxationBasis()));
  }

  private interface Source {
    OptionalDouble read(Path file);
  }

  private Optional<ExpectedRelaxation> measured(String name, Source source) {
    OptionalDouble time = read(name, source);
    return time.isPresent()
        ? Optional.of(
            new ExpectedRelaxation(
                time.getAsDouble(), ExpectedRelaxation.Unit.TIME, root.resolve(name).toString()))
        : Optional.empty();
  }

  private OptionalDouble read(String name, Source source) {
    Path file = root.resolve(name);
    if (!Files.isRegularFile(file)) {
      return OptionalDouble.empty();
    }
    try {
      return source.read(file);
    } catch (LatticeLiftException e) { // of another version, or of other conditions
      return OptionalDouble.empty();
    }
  }

  private OptionalDouble evaluated(Path file, Condition condition) {
    return EvaluationFile.read(file).conditions().stream()
        .filter(result -> result.value() == condition.value())
        .flatMap(result -> result.components().stream())
        .flatMapToDouble(
            c ->
                DoubleStream.of(
                    c.predictedRelaxation(), directTells ? c.directRelaxation() : Double.NaN))
        .filter(Double::isFinite)
        .max();
  }

  private OptionalDouble direct(Path file, Condition condition) {
    if (!directTells) {
      return OptionalDouble.empty();
    }
    try (TrajectoryFile runs = TrajectoryFile.open(file)) {
      List<TimeSeries> found =
          StageFiles.direct(runs, system.macroscopics().names()).get(condition.name());
      return found == null ? OptionalDouble.empty() : MeasuredRelaxation.longest(found);
    }
  }

  private OptionalDouble small(Path file, Condition condition) {
    try (SnapshotsFile snapshots = SnapshotsFile.open(file)) {
      return MeasuredRelaxation.longest(runs(snapshots, condition));
    }
  }

  private List<TimeSeries> runs(SnapshotsFile snapshots, Condition condition) {
    int m = system.macroscopics().size();
    int[] run = snapshots.run(condition);
    double[] time = snapshots.time(condition);
    double[] values = snapshots.observables(condition, run.length, m);
    Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
    for (int i = 0; i < run.length; i++) {
      rows.computeIfAbsent(run[i], number -> new ArrayList<>()).add(i);
    }
    return rows.values().stream()
        .map(
            own ->
                new TimeSeries(
                    own.stream().mapToDouble(i -> time[i]).toArray(),
                    own.stream()
                        .flatMapToDouble(i -> DoubleStream.of(values).skip((long) i * m).limit(m))
                        .toArray(),
                    m))
        .toList();
  }
}
