package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;

/**
 * Files that a configuration names are part of what it asks: a run goes on when they have moved,
 * and not when they have another content under the same name.
 */
@Tag("pipeline")
class ChangedInputsTest {
  private static final Path CONFIGS = Path.of("..", "..", "configs").toAbsolutePath();
  private static final Pattern HASHES =
      Pattern.compile("sha256 was [0-9a-f]{12}\\.\\.\\..* is [0-9a-f]{12}\\.\\.\\.");
  private static final String FAST = "temperature_K,time_s\n1500,0\n1500,1e-7\n";
  private static final String SLOW = "temperature_K,time_s\n1500,0\n1400,1e-7\n";

  @TempDir private Path folder;

  private Path write(String name, String text) {
    return TinyRun.write(folder.resolve(name), text);
  }

  private Outcome run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--quiet", "--out", folder.resolve("out").toString()));
    return TinyRun.run(all.toArray(String[]::new));
  }

  private void begin(String... words) {
    Outcome begun = run(words).succeeded();
  }

  private static String[] resume(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--resume");
    return all.toArray(String[]::new);
  }

  private static void requireRefused(Outcome outcome, String key, Path file) {
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(65);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains(key, file.toString())
        .containsPattern(HASHES);
  }

  @Test
  void aScheduleOfAPrediction(@SharedRun(ALLOY) SharedRun.Made made) {
    Path cool = write("cool.csv", FAST);
    String[] words = {
      "predict", made.folder().toString(), "--schedule", cool.toString(), "--set=trajectories=2"
    };
    begin(words);
    assertThat(run(resume(words)).code()).isZero();
    write("cool.csv", SLOW);
    requireRefused(run(resume(words)), "schedules.cool", cool);
  }

  @Test
  void anotherModelUnderTheSameName(@SharedRun(ALLOY) SharedRun.Made made) throws IOException {
    Path model = folder.resolve("model.h5");
    Files.copy(made.folder().resolve("model.h5"), model);
    String[] words = {
      "predict",
      model.toString(),
      "--schedule={anneal: {at: 1500, time_s: 1e-7}}",
      "--set=trajectories=2"
    };
    begin(words);
    Files.move(model, folder.resolve("moved.h5"));
    words[1] = folder.resolve("moved.h5").toString();
    assertThat(run(resume(words)).code()).as("a file that has moved").isZero();
    Files.copy(
        CONFIGS.resolve("trained/alloy-compact.h5"),
        folder.resolve("moved.h5"),
        StandardCopyOption.REPLACE_EXISTING);
    requireRefused(run(resume(words)), "model", folder.resolve("moved.h5"));
  }

  private String kmc(String lattice, String more) {
    return "{conditions: {temperature_K: [1500]}, lattice: {small: 5, large: 5, vacancy_concentration: 0.004"
        + lattice
        + "}, direct: {runs: 1, records: 4"
        + more
        + "}";
  }

  @Test
  void aScheduleOfASimulation() {
    Path cool = write("cool.csv", FAST);
    Path config =
        write("c.yaml", kmc("", "}, barrier: {model: pairwise}, schedule: {file: cool.csv}"));
    begin("kmc", config.toString());
    write("cool.csv", SLOW);
    requireRefused(run("kmc", config.toString(), "--resume"), "schedule.file", cool);
  }

  private Path weights(String name) throws IOException {
    return Files.copy(
        CONFIGS.resolve("models").resolve(name),
        folder.resolve("weights.h5"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private String[] beginKmcWithWeights() throws IOException {
    weights("small.h5");
    Path config =
        write(
            "c.yaml",
            kmc("", ", duration: {events: 4}}, barrier: {model: network, weights: weights.h5}"));
    begin("kmc", config.toString());
    return new String[] {"kmc", config.toString()};
  }

  @Test
  void weightsOfBarriers() throws IOException {
    String[] words = beginKmcWithWeights();
    Path edited = weights("compact.h5");
    requireRefused(run(resume(words)), "barrier.weights", edited);
  }

  private String[] beginFromState() {
    write("state.xyz", cube("Nb"));
    Path config =
        write(
            "c.yaml",
            "{conditions: {temperature_K: [1500]}, lattice: {small: 5, large: 5, start: {file: state.xyz,"
                + " vacancy_at: [[0, 0, 0]]}}, barrier: {model: pairwise}, direct: {runs: 1, records: 4,"
                + " duration: {events: 4}}}");
    begin("kmc", config.toString());
    return new String[] {"kmc", config.toString()};
  }

  @Test
  void theStateARunStartsFrom() {
    String[] words = beginFromState();
    Path state = write("state.xyz", cube("Mo"));
    requireRefused(run(resume(words)), "lattice.start.file", state);
  }

  /** Five cells of bcc of three species in turn, the last atom of one that is chosen. */
  private static String cube(String last) {
    StringBuilder text =
        new StringBuilder(
            "250\nLattice=\"16.2 0 0 0 16.2 0 0 0 16.2\" Properties=species:S:1:pos:R:3\n");
    for (int i = 0; i < 250; i++) {
      String species = i == 249 ? last : new String[] {"Nb", "Mo", "Ta"}[i % 3];
      double half = i % 2 * 1.62;
      text.append(species);
      for (int cell : new int[] {i / 2 / 25, i / 2 / 5 % 5, i / 2 % 5}) {
        text.append(' ').append(cell * 3.24 + half);
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Its list has the configuration as long as no result has it. */
  @Test
  void aRunThatWasStoppedBeforeItsFirstResult() throws IOException {
    String[] words = beginKmcWithWeights();
    Path list = folder.resolve("out/checksums.sha256");
    String first = TinyRun.lines(list).get(0) + "\n";
    for (String name : TinyRun.files(folder.resolve("out"))) {
      Files.delete(folder.resolve("out").resolve(name));
    }
    Files.writeString(list, first);
    Outcome other = run("kmc", words[1], "--resume", "--set=direct.records=5");
    assertThat(other.code()).isEqualTo(65);
    assertThat(other.err()).contains("direct.records was 4, is 5");
    assertThat(list).hasContent(first);
    Path moved = Files.move(folder.resolve("weights.h5"), folder.resolve("moved.h5"));
    assertThat(run("kmc", words[1], "--resume", "--set=barrier.weights=" + moved).code()).isZero();
    assertThat(list).content().startsWith(first);
  }

  /** Pairs made with other barriers under the same name are none of this run. */
  @Test
  void resultsOfAnotherRun() throws IOException {
    weights("small.h5");
    Path config =
        write(
            "c.yaml",
            TinyRun.CONFIG.replace("{model: pairwise}", "{model: network, weights: weights.h5}"));
    begin("simulate", config.toString());
    String[] words = {
      "run", config.toString(), "--from=" + folder.resolve("out"), "--out=" + folder.resolve("new")
    };
    weights("compact.h5");
    Outcome outcome = TinyRun.run(words);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(65);
    assertThat(outcome.err())
        .contains("nothing to take over", "barrier.weights was")
        .hasLineCount(1);
  }
}
