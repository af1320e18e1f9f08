package org.latticelift.app.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.app.pipeline.Pipeline;

/** Runs are compared with relaxation times that are known, and nowhere else. */
class ShortRunsTest {
  private static final Path CONFIGS = Path.of("..", "..", "configs");

  @TempDir private Path folder;

  private List<String> of(String config, String... sets) {
    Pipeline pipeline = Pipeline.load(CONFIGS.resolve(config), List.of(sets), OptionalLong.empty());
    return Warnings.of(pipeline, List.of(), folder);
  }

  /** The quickstart with 1024 sites for each vacancy. */
  private List<String> quickstart(String... sets) {
    List<String> all = new ArrayList<>(List.of("lattice={small: 8, large: 16}"));
    all.addAll(List.of(sets));
    return of("quickstart.yaml", all.toArray(String[]::new));
  }

  @Test
  void theAlloyKnowsItsRelaxation() {
    // 18 000 jumps at 1400 K, 5500 at 2000 K.
    assertThat(quickstart("direct.duration={events: {1400: 36000, 2000: 1.e6}}"))
        .singleElement()
        .asString()
        .startsWith("direct.duration is short, T1400: 2.0 relaxation times")
        .contains("network small")
        .endsWith("{events: {1400: 150000, 2000: 1000000}}");
    assertThat(quickstart("simulate.duration={events: 50000}"))
        .singleElement()
        .asString()
        .contains("T1400: 2.8 relaxation times")
        .endsWith("{events: {1400: 150000, 2000: 50000}}");
  }

  @Test
  void relaxationTimesAreCountedAsTheyAre() {
    assertThat(of("ising-quick.yaml", "simulate.duration={relaxations: 8}")).isEmpty();
    assertThat(of("ising-quick.yaml", "simulate.duration={relaxations: 7}"))
        .singleElement()
        .asString()
        .contains("T2.5: 7.0, T3: 7.0")
        .endsWith("simulate.duration={relaxations: {2.5: 8, 3: 8}}");
  }

  @Test
  void theSuggestionIsEnough() {
    String suggested = "simulate.duration={events: {1400: 150000, 2000: 50000}}";
    assertThat(quickstart(suggested)).isEmpty();
  }

  @Test
  void moreVacanciesNeedFewerJumpsOfEach() {
    String four = "lattice.vacancy_concentration=0.00390625";
    assertThat(quickstart(four, "simulate.duration={events: 37000}")).isEmpty();
    assertThat(quickstart(four, "simulate.duration={events: 35000}")).hasSize(1);
  }

  /** A vacancy then needs as many jumps for each of its sites. */
  @Test
  void fewerVacanciesNeedMoreJumpsOfEach() {
    assertThat(of("quickstart.yaml", "simulate.duration={events: 490000}")).isEmpty();
    assertThat(of("quickstart.yaml", "simulate.duration={events: 480000}")).hasSize(1);
  }

  @Test
  void timesAreComparedByTheTimeOfAJump() {
    String one = "conditions.temperature_K=[2000]";
    String[] common = {one, "direct=null", "evolve.duration={mean_events: 125}"};
    // About 2e-10 s for a jump at 2000 K, so a millisecond is far more than eight relaxations.
    assertThat(with(common, "simulate.duration={time_s: 1.0e-3}")).isEmpty();
    assertThat(with(common, "simulate.duration={time_s: 1.0e-9}"))
        .singleElement()
        .asString()
        .contains("simulate.duration={time_s: ");
  }

  private List<String> with(String[] common, String last) {
    String[] sets = java.util.Arrays.copyOf(common, common.length + 1);
    sets[common.length] = last;
    return quickstart(sets).stream().filter(w -> w.contains("relaxation times")).toList();
  }

  @Test
  void nothingIsSaidOfBarriersThatNobodyMeasured() {
    assertThat(quickstart("barrier={model: pairwise}", "simulate.duration={events: 5000}"))
        .isEmpty();
    assertThat(of("ising-quick.yaml", "simulate.duration={events: 1000}")).isEmpty();
  }

  @Test
  void earlierRunsInTheFolderTell() {
    Path config = TinyRun.write(folder.resolve("ising.yaml"), SIMULATED);
    Path out = folder.resolve("run");
    TinyRun.Outcome run =
        TinyRun.run("simulate", config.toString(), "--out", out.toString(), "--quiet");
    assertThat(run.code()).as(run.err()).isZero();
    Pipeline same = Pipeline.load(config, List.of(), OptionalLong.empty());
    assertThat(Warnings.of(same, List.of(), out))
        .filteredOn(w -> w.startsWith("simulate"))
        .isEmpty();
    Pipeline shorter =
        Pipeline.load(config, List.of("simulate.duration={time: 3}"), OptionalLong.empty());
    assertThat(Warnings.of(shorter, List.of(), out))
        .filteredOn(w -> w.startsWith("simulate.duration"))
        .singleElement()
        .asString()
        .contains("snapshots.h5", "simulate.duration={time: ");
  }

  @Test
  void aFileThatCannotBeReadTellsNothing() {
    TinyRun.write(folder.resolve("evaluation.h5"), "no HDF5");
    assertThat(of("ising-quick.yaml", "simulate.duration={events: 1000}")).isEmpty();
  }

  /** At T = 5 a spin forgets within a few flips. */
  private static final String SIMULATED =
      """
      system: ising
      conditions: {temperature: [5]}
      lattice: {small: 16, large: 32, small_start: 1, large_start: 1}
      simulate: {runs: 8, records: 200, duration: {time: 200}}
      """;
}
