package org.latticelift.app.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.certificate.BaselineFile;
import org.latticelift.sim.simulate.SnapshotsFile;

/**
 * What {@code --overwrite} removes from a run directory. {@code run} and the commands with a folder
 * of their own replace everything that the folder lists. A stage of the method replaces its own
 * results and those that were made from them, and nothing that it reads.
 */
public final class Replacement {
  private final Set<String> stages;
  private final Predicate<String> goes;

  private Replacement(Set<String> stages, Predicate<String> goes) {
    this.stages = stages;
    this.goes = goes;
  }

  /** Returns the replacement of {@code stage} of a pipeline, and of what depends on it. */
  public static Replacement of(Pipeline pipeline, Stage stage) {
    List<Stage> remade = pipeline.dependents(stage);
    Set<String> names = new LinkedHashSet<>();
    Set<String> files = new LinkedHashSet<>();
    List<String> beginnings = new ArrayList<>();
    for (Stage each : remade) {
      names.add(each.name());
      files.addAll(each.outputs());
      beginnings.addAll(each.temporary());
    }
    if (names.contains(MethodStage.DIRECT.command())) {
      files.add(SnapshotsFile.DIRECT); // which an earlier configuration may have asked for
    }
    files.add(BaselineFile.NAME); // of a diagnosis, which compares what is replaced
    return new Replacement(
        names, name -> files.contains(name) || beginnings.stream().anyMatch(name::startsWith));
  }

  /**
   * Returns how the folder is to be opened: as a new run where it lists no results of other stages,
   * else as the run that it holds, which must have the same configuration.
   *
   * @param root run directory, which need not exist
   */
  OpenMode mode(Path root) {
    if (RunDirectory.fingerprint(root).isEmpty()) {
      return OpenMode.OVERWRITE;
    }
    return RunDirectory.view(root).results().stream()
            .filter(name -> name.endsWith(".h5"))
            .allMatch(goes)
        ? OpenMode.OVERWRITE
        : OpenMode.RESUME;
  }

  /** Removes the results, the last ones first, and returns their names. */
  List<String> apply(RunDirectory directory) {
    List<String> names = directory.results().stream().filter(goes).toList();
    names.stream().sorted(Comparator.reverseOrder()).forEach(directory::delete);
    return names;
  }

  /** Names files in one line; those of a folder are counted. */
  static String listed(Collection<String> names) {
    Map<String, Long> folders =
        names.stream()
            .filter(name -> name.contains("/"))
            .collect(
                Collectors.groupingBy(
                    name -> name.substring(0, name.lastIndexOf('/')),
                    TreeMap::new,
                    Collectors.counting()));
    return Stream.concat(
            names.stream().filter(name -> !name.contains("/")).sorted(),
            folders.entrySet().stream()
                .map(each -> each.getKey() + "/ (" + each.getValue() + " files)"))
        .collect(Collectors.joining(", "));
  }

  /** Explains why a folder whose run has another configuration is left as it is. */
  LatticeLiftException otherRun(Path root, LatticeLiftException difference) {
    return LatticeLiftException.badData(
        difference.getMessage().replaceAll(" \\(.*", "")
            + "; --overwrite of "
            + String.join(", ", stages)
            + " keeps the results of other stages",
        root.toString(),
        "the configuration that started the run",
        "Make a new run from what stays the same: 'latticelift run CONFIG --from "
            + root
            + " --out NEW'; or replace everything: 'latticelift run CONFIG --overwrite'");
  }

  /**
   * Refuses to replace a folder that lists a file that the new run reads (66), such as the model
   * that a prediction asks.
   */
  static void requireOutside(Path root, Collection<Path> inputs) {
    if (RunDirectory.fingerprint(root).isEmpty()) {
      return;
    }
    Set<Path> listed =
        RunDirectory.view(root).results().stream()
            .map(name -> real(root.resolve(name)))
            .collect(Collectors.toSet());
    for (Path input : inputs) {
      if (listed.contains(real(input))) {
        throw new LatticeLiftException(
            ExitCode.MISSING_INPUT,
            "--overwrite would remove " + input.getFileName() + ", which is read",
            root.toString(),
            "a folder that the new results do not need",
            "Choose another --out; nothing was removed");
      }
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  /** Refuses (73) to replace a run that another command than {@code kind} has made. */
  static void requireKind(Path root, String kind) {
    boolean other =
        RunDirectory.fingerprint(root).filter(line -> !line.startsWith(kind + " ")).isPresent()
            && Files.exists(root);
    if (other) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "the folder holds a run of another command than " + kind,
          root.toString(),
          "a new folder, or one of " + kind,
          "Choose another --out; nothing was removed");
    }
  }
}
