package org.latticelift.app.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
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
  private final ConfigNode made;

  /** Hashes of the files that it has read, by key; those that it has kept. */
  private final Map<String, String> contents;

  private EarlierRun(Path root, RunDirectory results, ConfigNode made) {
    this.root = root;
    this.results = results;
    this.contents = RunDirectory.fingerprint(root).map(RunIdentity::hashes).orElse(Map.of());
    this.made = made;
  }

  /**
   * Reads what a folder is a run of.
   *
   * @param root run directory
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
   * Reads what a folder is a run of ({@code root}: a folder, perhaps one that is not there); empty
   * if it holds no results of a run.
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

  private static ConfigNode made(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return ConfigNode.parse(reader.text(Provenance.CONFIGURATION), file.toString());
    }
  }

  /**
   * Its configuration, to be compared with another one: names of files, which may be relative to
   * folders that nobody knows any more, are those of the other one, and their content is compared.
   */
  private ResolvedConfiguration configuration(ResolvedConfiguration now) {
    return ResolvedConfiguration.ofResolved(now.withFilesOf(made), "earlier")
        .withContents(contents);
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

  private List<Stage> replaced(List<Stage> stages, ResolvedConfiguration now) {
    return stages.stream().map(stage -> taken(stage, now).orElse(stage)).toList();
  }

  /**
   * What a configuration makes the same wherever it is equal, by the stage that makes it. Records
   * of direct runs are of closures, too, where there are some.
   */
  private static Map<MethodStage, String> keys(ResolvedConfiguration configuration) {
    Map<MethodStage, String> keys = new EnumMap<>(MethodStage.class);
    keys.put(MethodStage.SIMULATE, configuration.simulationKey());
    keys.put(MethodStage.LIFT, configuration.dataKey());
    keys.put(MethodStage.CLOSURE, configuration.dataKey());
    keys.put(MethodStage.TRAIN, configuration.modelKey());
    if (!configuration.sections().learning().closure().wanted()) {
      keys.put(MethodStage.DIRECT, configuration.directKey());
    }
    return keys;
  }

  /** A stage that takes results over; empty where this run has other results, or none. */
  Optional<Stage> taken(Stage stage, ResolvedConfiguration now) {
    Map<MethodStage, String> wanted = keys(comparable(now));
    Map<MethodStage, String> keys = keys(configuration(now));
    boolean same =
        Arrays.stream(MethodStage.values())
            .filter(known -> known.command().equals(stage.name()) && wanted.containsKey(known))
            .anyMatch(known -> wanted.get(known).equals(keys.get(known)));
    return same && stage.outputs().stream().allMatch(this::complete)
        ? Optional.of(new CopiedResults(stage.name(), root, stage.outputs()))
        : Optional.empty();
  }

  /** With the content of files where both are known, else with their names. */
  private ResolvedConfiguration comparable(ResolvedConfiguration now) {
    Map<String, String> known = new TreeMap<>(now.contents());
    known.keySet().retainAll(contents.keySet());
    return now.withContents(known);
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

  private boolean complete(String file) {
    return Files.exists(results.file(file)) && results.complete(file);
  }

  private LatticeLiftException nothing(ResolvedConfiguration now) {
    List<String> changes = comparable(now).smallRunsOtherThan(configuration(now));
    return LatticeLiftException.badData(
        changes.isEmpty()
            ? "nothing to take over: its small runs are not complete"
            : "nothing to take over: "
                + String.join(", ", changes.subList(0, Math.min(5, changes.size()))),
        "--from " + root,
        "a complete run of the same small system, seed and conditions",
        "Name another folder, or leave out --from");
  }

  /**
   * Takes results of another run of the same data, such as pairs, in place of making them again.
   *
   * @param name what is taken
   * @param from folder of that run, complete when this stage begins
   * @param outputs names of the files
   */
  record CopiedResults(String name, Path from, List<String> outputs) implements Stage {

    @Override
    public StagePlan plan() {
      return new StagePlan(name, 1, "a copy", 0, 0);
    }

    @Override
    public void run(StageContext context) {
      for (String file : outputs) {
        context.commit(file, beside -> Files.copy(from.resolve(file), beside));
      }
    }
  }
}
