package org.latticelift.app.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;

/**
 * An experiment or a run in another folder, of which a new experiment takes over what any of its
 * parts has made the same, as {@link EarlierRun} does: first the part of equal name, then others in
 * the order of their names.
 *
 * @param root its folder
 */
record EarlierExperiment(Path root) {
  /**
   * Replaces stages whose results are there.
   *
   * @param parts of the new experiment
   * @param now its folder
   * @return the same parts
   * @throws LatticeLiftException (66, 65) if there is no such folder, or nothing to take over
   */
  List<ExperimentPlan.Part> parts(List<ExperimentPlan.Part> parts, Path now) {
    requireOther(now);
    if (!Files.isDirectory(root)) {
      throw new LatticeLiftException(
          ExitCode.MISSING_INPUT,
          "there is no such folder",
          "--from " + root,
          "the folder of another experiment or run",
          "Check the path, or leave out --from");
    }
    Map<Path, EarlierRun> runs = runs();
    List<ExperimentPlan.Part> taking = new ArrayList<>();
    for (ExperimentPlan.Part part : parts) {
      List<EarlierRun> sources = new ArrayList<>(runs.values());
      Optional.ofNullable(runs.get(root.resolve(now.relativize(part.folder()).toString())))
          .ifPresent(own -> sources.add(0, own));
      taking.add(taking(part, sources));
    }
    if (taking.equals(parts)) {
      throw LatticeLiftException.badData(
          "nothing to take over: it has no complete results that are the same",
          "--from " + root,
          "an experiment or a run with the same small runs, pairs, models or direct runs",
          "Name another folder, or leave out --from");
    }
    return taking;
  }

  /** All that have results, by their folders: of parts, which are in those of variants. */
  private Map<Path, EarlierRun> runs() {
    List<Path> variants = folders(root);
    Map<Path, EarlierRun> runs = new LinkedHashMap<>();
    Stream.of(
            Stream.of(root),
            variants.stream(),
            variants.stream().map(EarlierExperiment::folders).flatMap(List::stream))
        .flatMap(Function.identity())
        .filter(folder -> Files.exists(folder.resolve(RunDirectory.CHECKSUMS)))
        .forEach(folder -> EarlierRun.in(folder).ifPresent(run -> runs.put(folder, run)));
    return runs;
  }

  private static List<Path> folders(Path in) {
    try (Stream<Path> all = Files.list(in)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExperimentPlan.Part taking(ExperimentPlan.Part part, List<EarlierRun> sources) {
    ResolvedConfiguration now = part.pipeline().configuration();
    List<Stage> stages =
        part.stages().stream()
            .map(
                stage ->
                    sources.stream()
                        .flatMap(run -> run.taken(stage, now).stream())
                        .findFirst()
                        .orElse(stage))
            .toList();
    return new ExperimentPlan.Part(part.name(), part.folder(), part.pipeline(), stages);
  }

  private void requireOther(Path now) {
    if (now.toAbsolutePath().normalize().equals(root.toAbsolutePath().normalize())) {
      throw LatticeLiftException.badData(
          "an experiment that takes over its own results",
          "--from " + root,
          "the folder of another experiment",
          "Name another --out, or continue this one with --resume");
    }
  }
}
