package org.latticelift.app.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.TrajectoryFile;

/**
 * A run in another folder, of which a new one takes over what its configuration would make the
 * same, bit for bit: other pairs of the same small runs, another training on the same pairs,
 * another prediction of the same model, and direct runs beside all of them. Results that are not
 * there, or not complete, are made anew.
 */
public final class EarlierRun {
  private final Path root;
  private final RunDirectory results;
  private final ResolvedConfiguration configuration;

  private EarlierRun(Path root, RunDirectory results, ResolvedConfiguration configuration) {
    this.root = root;
    this.results = results;
    this.configuration = configuration;
  }

  /**
   * Reads what a folder is a run of.
   *
   * @param root run directory
   * @return the run
   * @throws LatticeLiftException (66) if the folder holds no results of a run
   */
  public static EarlierRun of(Path root) {
    return in(root)
        .orElseThrow(
            () ->
                new LatticeLiftException(
                    ExitCode.MISSING_INPUT,
                    "nothing to take over",
                    "--from " + root,
                    "a run directory with results of simulate, lift, train or direct",
                    "Name another folder, or leave out --from"));
  }

  /**
   * Reads what a folder is a run of.
   *
   * @param root a folder, perhaps one that is not there
   * @return empty if it holds no results of a run
   */
  static Optional<EarlierRun> in(Path root) {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    RunDirectory results = RunDirectory.view(root);
    return Stream.of(ModelFile.NAME, PairsFile.NAME, SnapshotsFile.NAME, TrajectoryFile.NAME)
        .filter(results::complete)
        .findFirst()
        .map(newest -> new EarlierRun(root, results, made(results.file(newest))));
  }

  private static ResolvedConfiguration made(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      ConfigNode resolved =
          ConfigNode.parse(reader.text(Provenance.CONFIGURATION), file.toString());
      return ResolvedConfiguration.ofResolved(resolved, "earlier");
    }
  }

  /**
   * The stages of a new run.
   *
   * @param pipeline its configuration
   * @param out its folder
   * @return those whose results are there take them over
   * @throws LatticeLiftException (65) if there are none of these, with what is not the same
   */
  public List<Stage> stages(Pipeline pipeline, Path out) {
    requireOther(out);
    List<Stage> all = pipeline.stages();
    List<Stage> stages = replaced(all, pipeline.configuration());
    if (stages.equals(all)) {
      throw nothing(pipeline.configuration());
    }
    return stages;
  }

  /** The same stages, but those whose results are there take them over. */
  List<Stage> replaced(List<Stage> stages, ResolvedConfiguration configuration) {
    return stages.stream().map(stage -> same(stage, configuration) ? taken(stage) : stage).toList();
  }

  private void requireOther(Path out) {
    if (out.toAbsolutePath().normalize().equals(root.toAbsolutePath().normalize())) {
      throw LatticeLiftException.badData(
          "a run that takes over its own results",
          "--from " + root,
          "the folder of another run",
          "Name another --out, or continue this run with --resume");
    }
  }

  private Stage taken(Stage stage) {
    return new CopiedResults(stage.name(), root, stage.outputs());
  }

  private boolean same(Stage stage, ResolvedConfiguration now) {
    return Arrays.stream(MethodStage.values())
            .filter(known -> known.command().equals(stage.name()))
            .anyMatch(known -> same(known, now))
        && stage.outputs().stream().allMatch(this::complete);
  }

  private boolean same(MethodStage stage, ResolvedConfiguration now) {
    return switch (stage) {
      case SIMULATE -> now.simulationKey().equals(configuration.simulationKey());
      case LIFT, CLOSURE -> now.dataKey().equals(configuration.dataKey());
      case TRAIN -> now.modelKey().equals(configuration.modelKey());
      case DIRECT ->
          !now.sections().closure().wanted()
              && !configuration.sections().closure().wanted()
              && now.directKey().equals(configuration.directKey());
      case ENSEMBLE, EVALUATE, REPORT -> false;
    };
  }

  private boolean complete(String file) {
    return Files.exists(results.file(file)) && results.complete(file);
  }

  private LatticeLiftException nothing(ResolvedConfiguration now) {
    List<String> changes = now.smallRunsOtherThan(configuration);
    return LatticeLiftException.badData(
        changes.isEmpty()
            ? "nothing to take over: its small runs are not complete"
            : "nothing to take over: "
                + String.join(", ", changes.subList(0, Math.min(5, changes.size()))),
        "--from " + root,
        "a complete run of the same small system, seed and conditions",
        "Name another folder, or leave out --from");
  }
}
