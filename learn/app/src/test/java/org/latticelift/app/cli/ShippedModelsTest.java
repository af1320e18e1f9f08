package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.learn.sde.ModelFile;

/** The trained models that come with the product. */
class ShippedModelsTest {
  private static final Path TRAINED = Path.of("..", "..", "configs", "trained");
  private static final long MOST_BYTES = 1_500_000;

  @TempDir private Path folder;

  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(TRAINED)) {
      return files.filter(file -> file.toString().endsWith(".h5")).sorted().toList();
    }
  }

  @Test
  void allOfThemAreSmall() throws IOException {
    long bytes = 0;
    for (Path file : models()) {
      bytes += Files.size(file);
    }
    assertThat(models()).isNotEmpty();
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  /** Each is of the configuration beside it, and says what it was trained at. */
  @ParameterizedTest
  @MethodSource("models")
  void aModelIsThatOfItsConfiguration(Path file) {
    String name = String.valueOf(file.getFileName()).replace(".h5", "");
    Pipeline pipeline =
        Pipeline.load(TRAINED.resolve(name + ".yaml"), List.of(), OptionalLong.empty());
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      ConfigNode made = ConfigNode.parse(reader.text("/provenance/configuration"), "model");
      ConfigNode now = ConfigNode.parse(pipeline.resolvedYaml(), "configuration");
      for (String section : List.of("conditions", "lattice", "simulate", "seed")) {
        assertThat(made.get(section)).as(section).isEqualTo(now.get(section));
      }
    }
    var model = ModelFile.read(file);
    assertThat(model.diagnostics().states().known()).isTrue();
    assertThat(model.resampling().resampled()).isTrue();
    assertThat(TRAINED.resolve(name + "-certificate.csv")).isNotEmptyFile();
    assertThat(model.scaling().quantities().vacancies().isPresent())
        .isEqualTo(name.startsWith("alloy"));
  }

  /**
   * Protocols in the unit of the model's condition: kelvin and seconds for the alloy, plain numbers
   * for spins.
   */
  @Tag("pipeline")
  @ParameterizedTest
  @CsvSource({
    "alloy-compact, '{quench: {from: 3000, to: 600, time_s: 1.0e-7}}', MoMo",
    "ising, '{quench: {from: 4, to: 2.5, time: 3}}', wall_density"
  })
  void theyPredict(String name, String schedule, String observable) {
    Outcome predicted = answer("predict", name, "--schedule", schedule, "--set", "trajectories=2");
    assertThat(predicted.out()).contains(observable, "95 % intervals");
  }

  /** What they were trained at is not new; the order of a cold week at a high temperature is. */
  @Tag("pipeline")
  @ParameterizedTest
  @CsvSource({
    "ising, '[{anneal: {at: 4, time: 20}}, {quench: {to: 2.5, time: 30}}]', false",
    "alloy-compact, '{anneal: {at: 700, time_s: 1000}}', false",
    "alloy-compact, '[{anneal: {at: 2500, time_s: 1.0e-5}}, {quench: {to: 800, time_s: 1.0e-6}}]', false",
    "alloy-compact, '[{anneal: {at: 700, time_s: 1.0e5}}, {anneal: {at: 1500, time_s: 1.0e-6}}]', true"
  })
  void theyKnowWhatTheyWereTrainedAt(String name, String schedule, boolean marked) {
    Outcome predicted = answer("predict", name, "--schedule", schedule, "--set", "trajectories=8");
    assertThat(predicted.out().contains("* marks")).isEqualTo(marked);
  }

  @Tag("pipeline")
  @ParameterizedTest
  @CsvSource({
    "alloy-compact, vacancies={formation_eV: 3}, real time to 50 %",
    "ising, observable=wall_density, 0.533 to 16.0 keeps just"
  })
  void theyMap(String name, String setting, String printed) {
    String[] settings = {
      setting, "trajectories=2", "conditions=3", "relaxations=8", "step=0.05", "rates=2"
    };
    String[] options =
        Stream.of(settings).flatMap(set -> Stream.of("--set", set)).toArray(String[]::new);
    Outcome mapped = answer("map", name, options);
    assertThat(mapped.out()).contains(printed);
  }

  /** What a command answers about a shipped model. */
  private Outcome answer(String command, String name, String... options) {
    String model = TRAINED.resolve(name + ".h5").toString();
    Stream<String> words = Stream.of(command, model, "--out", folder.toString());
    return TinyRun.run(Stream.concat(words, Stream.of(options)).toArray(String[]::new)).succeeded();
  }

  /** A model that is not predicted with above would go unnoticed. */
  @Test
  void eachOfThemIsTried() throws IOException {
    assertThat(models())
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly("alloy-compact.h5", "ising.h5");
  }
}
