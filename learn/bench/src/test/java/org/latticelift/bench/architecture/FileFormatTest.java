package org.latticelift.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every file format has one class that knows its name and its datasets: a text of the source that
 * begins with one of them stands there and nowhere else.
 */
class FileFormatTest {
  private static final Map<Path, String> SOURCES = sources();

  @ParameterizedTest
  @CsvSource({
    "pairs[.]h5, PairsFile",
    "latent[.]h5, PairsFile",
    "snapshots[.]h5, SnapshotsFile",
    "large[.]h5, SnapshotsFile",
    "trajectory[.]h5, TrajectoryFile",
    "final[.]h5, FinalStatesFile",
    "hamiltonian[.]h5, HamiltonianFile",
    "coupling[.]h5, CouplingFile",
    "model[.]h5, ModelFile",
    "ensemble[.]h5, EnsembleFile",
    "evaluation[.]h5, EvaluationFile",
    "closure[.]h5, ClosureFile",
    "experiment[.]h5, ExperimentFile",
    "prediction[.]h5, PredictionFile",
    "histories[.]h5, HistoriesStage",
    "map[.]h5, MapFile",
    "design[.]h5, DesignFile",
    "certificate[.]csv, CertificateFile",
    "baselines[.]csv, BaselineFile",
    "after-events[.]csv, AfterEvents",
    "evaluation[.]csv, EvaluationFile",
    "wall-times[.]csv, WallTimes",
    "simulate[.]csv, SimulateStage",
    "direct[.]csv, DirectStage",
    "asked_events, AveragesCsv",
    "/provenance, Provenance",
    "/species\", StateCodec",
    "/?spin\", StateCodec",
    "/statistics, ClosureFile",
    "/macroscopic, MacroscopicMap",
    "/conditions, PairsCommon",
    "/joint, JointPairs",
    "/(z0|z1|dt|patch_z[01]|patch_before|patch_after|blocked)\", PairsFile",
    "/?(late|model)_(mean|std|error)\", EnsembleFile",
    "discrepancy_against_time\", EvaluationFile"
  })
  void onlyItsOwnerKnowsIt(String text, String owner) {
    Pattern literal = Pattern.compile("\"" + text);
    assertThat(SOURCES.keySet())
        .filteredOn(file -> literal.matcher(SOURCES.get(file)).find())
        .allMatch(file -> declares(file, owner));
    assertThat(SOURCES.keySet()).anyMatch(file -> declares(file, owner));
  }

  /** Formats of a single stage live in its file. */
  private static boolean declares(Path file, String type) {
    return Pattern.compile("(class|record|enum|interface) " + type + "\\b")
        .matcher(SOURCES.get(file))
        .find();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static Map<Path, String> sources() {
    return Arrays.stream(Modules.values())
        .flatMap(Modules::files)
        .filter(file -> name(file).endsWith(".java"))
        .collect(Collectors.toMap(file -> file, FileFormatTest::code));
  }

  private static String code(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
