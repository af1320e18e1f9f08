package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.FittedStages;

/** Large states that are sampled from a fitted Hamiltonian. */
class SampledLiftTest {
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: [6, 7, 8], vacancy_concentration: 0.004}
      barrier: {model: pairwise, cache_mib: 1}
      simulate: {runs: 3, records: 10, duration: {events: 3000}}
      upsample: {tiles: maxent, shells: 2, records: 1, burn_in: 3, keep_samples: 2, groups: 2}
      evolve: {samples: 20, shard_samples: 7, patches: 2, duration: {mean_events: 20}}
      """;

  @TempDir Path folder;

  @Tag("law")
  @Test
  void statesOfAnySizeAreTheSameOnAnyNumberOfThreads() {
    Path one = TinyLift.run(folder.resolve("one"), CONFIG, 1);
    Path three = TinyLift.run(folder.resolve("three"), CONFIG, 3);
    for (String name : new String[] {"pairs.h5", "large.h5", "hamiltonian.h5"}) {
      try (Hdf5Reader a = Hdf5Reader.open(one.resolve(name));
          Hdf5Reader b = Hdf5Reader.open(three.resolve(name))) {
        for (String path : datasets(name)) {
          assertThat(a.stored(path)).as(name + path).isEqualTo(b.stored(path));
        }
      }
    }
    try (Hdf5Reader large = Hdf5Reader.open(one.resolve("large.h5"))) {
      byte[] species = large.bytes("/T1500/species");
      int state = 6 * 7 * 8 * 2;
      assertThat(species).hasSize(2 * state);
      int[] counts = new int[4];
      for (int i = 0; i < state; i++) {
        counts[species[i]]++;
      }
      assertThat(counts).containsExactly(3, 223, 223, 223);
      assertThat(Arrays.copyOf(species, state))
          .isNotEqualTo(Arrays.copyOfRange(species, state, 2 * state));
    }
    try (HamiltonianFile fits = HamiltonianFile.open(one.resolve(HamiltonianFile.NAME))) {
      assertThat(fits.conditions()).hasSize(2);
      assertThat(fits.stages(fits.conditions().get(0)).get(0).hamiltonian().shells()).isEqualTo(2);
    }
    assertThat(one.resolve("parts")).isEmptyDirectory();
    assertThat(Files.exists(one.resolve("hamiltonian.h5"))).isTrue();
  }

  private static String[] datasets(String name) {
    return switch (name) {
      case "pairs.h5" -> new String[] {"/z0", "/z1", "/dt", "/patch"};
      case "large.h5" -> new String[] {"/T1500/species", "/T2500/species"};
      default ->
          new String[] {"/T1500/J_kT", "/T2500/J_kT", "/T2500/covariance", "/T1500/groups/J_kT"};
    };
  }

  @Test
  void fccAndUnequalCompositionsAndOneRecordWork() {
    String config =
        CONFIG
            .replace("[1500, 2500]", "[2000]")
            .replace("small: 5, large: [6, 7, 8]", "crystal: fcc, small: 4, large: 4")
            .replace("lattice: {", "lattice: {species: [A, B, C, D], composition: {A: 1, C: 2}, ")
            .replace("shells: 2", "shells: 8")
            .replace("patches: 2", "patches: 1")
            .replace("runs: 3, records: 10", "runs: 1, records: 2");
    Path out = TinyLift.run(folder.resolve("fcc"), config, 1);
    try (HamiltonianFile fits = HamiltonianFile.open(out.resolve(HamiltonianFile.NAME))) {
      var stage = fits.stages(fits.conditions().get(0)).get(0);
      assertThat(stage.hamiltonian().shells()).isEqualTo(4);
      assertThat(stage.hamiltonian().of(1, 1, 2)).isZero(); // there is no B
      assertThat(stage.states()).isEqualTo(3); // with the initial state
    }
  }

  /**
   * Groups of records and of runs, of unequal size, with many and few states: those of fewer than
   * ten states in a stage keep the fit of all. Runs have one record more, the initial state.
   */
  @Tag("law")
  @ParameterizedTest
  @CsvSource({
    "5, 10, 2, '33 22'", // three runs and two
    "20, 1, auto, '40 40 40 40 40 40 40 40'", // 6 or 4 states each
    "1, 29, 2, '15 15'", // halves of one run
    "2, 120, 2, '100+22 100+120'", // stages of 50 and 71 records, halves of 61 and 60
    "2, 10, none, ''"
  })
  void everyGroupHasItsFit(int runs, int records, String groups, String states) {
    String config =
        CONFIG
            .replace("[1500, 2500]", "[2000]")
            .replace("runs: 3, records: 10", "runs: " + runs + ", records: " + records)
            .replace("groups: 2", "groups: " + groups);
    Path out = TinyLift.run(folder.resolve("groups"), config, 1);
    try (HamiltonianFile fits = HamiltonianFile.open(out.resolve(HamiltonianFile.NAME))) {
      FittedStages found = fits.fits(fits.conditions().get(0));
      String first =
          found.groups().stream().map(SampledLiftTest::states).collect(Collectors.joining(" "));
      assertThat(first).isEqualTo(states);
    }
    try (Hdf5Reader pairs = Hdf5Reader.open(out.resolve("pairs.h5"))) {
      assertThat(pairs.dims("/z0")[0]).isEqualTo(20);
    }
  }

  /** Fits take minutes where order is slow: they tell where they are, end when asked, and go on. */
  @Tag("law")
  @Test
  void fitsTellWhereTheyAreAndStop() {
    ConfigNode config = ConfigNode.parse(CONFIG, "test.yaml");
    List<String> states = new ArrayList<>();
    StopSignal stop = StopSignal.none();
    ProgressFactory asking =
        (label, total) ->
            new Progress() {
              @Override
              public void step(long n) {}

              @Override
              public void step(long n, String state) {
                if (label.equals("fit")) {
                  states.add(state);
                  assertThat(total).isEqualTo(2);
                  if (state.startsWith("T2500, group 1")) {
                    stop.request();
                  }
                }
              }

              @Override
              public void message(String s) {}

              @Override
              public void close() {}
            };
    Path out = folder.resolve("stopped");
    assertThatThrownBy(() -> TinyLift.run(out, config, 1, OpenMode.NEW, asking, stop))
        .hasMessageContaining("stopped before the end");
    assertThat(states)
        .containsExactly(
            "T1500, all runs, stage 1 of 1",
            "T1500, group 1 of 2, stage 1 of 1",
            "T1500, group 2 of 2, stage 1 of 1",
            "T2500, all runs, stage 1 of 1",
            "T2500, group 1 of 2, stage 1 of 1");
    assertThat(out.resolve("parts/fit-T1500.h5")).exists();
    assertThat(out.resolve("parts/fit-T2500.h5")).doesNotExist();
    TinyLift.run(out, config, 1, OpenMode.RESUME, ProgressFactory.quiet(), StopSignal.none());
    Path whole = TinyLift.run(folder.resolve("whole"), CONFIG, 1);
    try (Hdf5Reader a = Hdf5Reader.open(out.resolve(HamiltonianFile.NAME));
        Hdf5Reader b = Hdf5Reader.open(whole.resolve(HamiltonianFile.NAME))) {
      for (String path : datasets(HamiltonianFile.NAME)) {
        assertThat(a.stored(path)).as(path).isEqualTo(b.stored(path));
      }
    }
  }

  private static String states(List<FittedStage> stages) {
    return stages.stream()
        .map(stage -> Long.toString(stage.states()))
        .collect(Collectors.joining("+"));
  }

  private static void refused(String from, String to, String message) {
    ConfigNode root = ConfigNode.parse(CONFIG.replace(from, to), "test.yaml");
    LatticeSystem<?> system =
        LatticeSystem.liftable(SystemProvider.find(root.get("system")).create(root));
    assertThatThrownBy(system.lifting()::checkLifting).hasMessageContaining(message);
  }

  @Test
  void whatCannotBeSampledIsRefusedBeforeAnythingRuns() {
    refused("small: 5, large: [6, 7, 8]", "small: 6, large: [6, 7, 5]", "lattice.small");
    refused("burn_in: 3", "vacancies: tile_centres", "maxent has no tiles");
    refused("patches: 2", "patches: 2, environment: periodic", "no multiple");
  }

  /**
   * Blocks have the pairs of states that are sampled as a whole, from the same records: the mean
   * difference of 60 states, in standard errors of these very differences.
   */
  @Tag("law")
  @Test
  void blocksAreLikeWholeStates() {
    String config =
        CONFIG
            .replace("[1500, 2500]", "[1500]")
            .replace("small: 5, large: [6, 7, 8]", "small: 5, large: [20, 20, 30]")
            .replace("keep_samples: 2", "keep: none")
            .replace("samples: 20, shard_samples: 7", "samples: 60, joint: 0");
    Path blocks = TinyLift.run(folder.resolve("blocks"), config, 2);
    Path whole =
        TinyLift.run(
            folder.resolve("whole"), config.replace("shells: 2", "shells: 2, block: 20"), 2);
    double[] a = pairs(blocks);
    double[] b = pairs(whole);
    int observables = a.length / 60;
    for (int i = 0; i < observables; i++) {
      double sum = 0;
      double squares = 0;
      for (int k = 0; k < 60; k++) {
        double difference = a[k * observables + i] - b[k * observables + i];
        sum += difference;
        squares += difference * difference;
      }
      double error = Math.sqrt((squares - sum * sum / 60) / 59 / 60);
      assertThat(error).isBetween(1e-4, 0.012);
      assertThat(sum / 60).as("observable " + i).isBetween(-4 * error, 4 * error);
    }
    assertThat(a).isNotEqualTo(b);
  }

  /** As many records as fill a state: two of 250 sites for one of 672. */
  @Tag("law")
  @Test
  void statesAreLikeAsManyRecordsAsFillThem() {
    double[] auto = pairs(TinyLift.run(folder.resolve("auto"), like("auto"), 1));
    assertThat(auto).isEqualTo(pairs(TinyLift.run(folder.resolve("two"), like("2"), 1)));
    assertThat(auto).isNotEqualTo(pairs(TinyLift.run(folder.resolve("one"), like("1"), 1)));
  }

  private static String like(String records) {
    return CONFIG
        .replace("[1500, 2500]", "[2500]")
        .replace("records: 1,", "records: " + records + ",");
  }

  /**
   * States move for half their age at most, and a record stands for the time until the next: with
   * records after 0, 8, 16 and 24 jumps of a vacancy states like the first move too, but less.
   */
  @Tag("law")
  @Test
  void theYoungMoveLessBeforeTheyAreUsed() {
    String config =
        CONFIG
            .replace("[1500, 2500]", "[2500]")
            .replace("records: 10, duration: {events: 3000}", "records: 3, duration: {events: 24}")
            .replace("keep_samples: 2", "keep: all");
    Path still =
        TinyLift.run(folder.resolve("still"), config.replace("burn_in: 3", "burn_in: 0"), 1);
    Path moved =
        TinyLift.run(folder.resolve("moved"), config.replace("burn_in: 3", "burn_in: 1000"), 1);
    try (Hdf5Reader pairs = Hdf5Reader.open(moved.resolve("pairs.h5"));
        Hdf5Reader before = Hdf5Reader.open(still.resolve("large.h5"));
        Hdf5Reader after = Hdf5Reader.open(moved.resolve("large.h5"))) {
      int[] record = pairs.ints("/source_record");
      byte[] a = before.bytes("/T2500/species");
      byte[] b = after.bytes("/T2500/species");
      int sites = a.length / record.length;
      double[] states = new double[4];
      double[] changed = new double[4];
      for (int i = 0; i < a.length; i++) {
        changed[record[i / sites]] += a[i] == b[i] ? 0 : 1;
        states[record[i / sites]] += 1.0 / sites;
      }
      assertThat(changed[0] / states[0]).isBetween(1.0, 7.0); // two jumps of three vacancies
      assertThat(changed[3] / states[3]).isGreaterThan(2 * changed[0] / states[0]);
    }
  }

  /**
   * States like the mean of many records scatter as their own size does, 672 sites, not as the
   * records of 250 do: 0.27 of the variance that both have together, whose ratio is known to 0.26.
   */
  @Tag("law")
  @Test
  void statesLikeManyRecordsScatterLess() {
    String config =
        CONFIG
            .replace("[1500, 2500]", "[2500]")
            .replace("runs: 3, records: 10, duration: {events: 3000}", RELAXED)
            .replace("groups: 2", "groups: none")
            .replace("samples: 20, shard_samples: 7", "samples: 120, joint: 0");
    double one = variance(pairs(TinyLift.run(folder.resolve("one"), config, 2)), 120);
    String many = config.replace("records: 1,", "window: 20, records: 100,");
    double mean = variance(pairs(TinyLift.run(folder.resolve("many"), many, 2)), 120);
    assertThat(mean / one).isBetween(0.27 / 1.4, 0.27 * 1.4);
  }

  private static final String RELAXED = "runs: 8, records: 60, duration: {events: 60000}";

  /** Of the first observable. */
  private static double variance(double[] values, int samples) {
    int observables = values.length / samples;
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < samples; k++) {
      double value = values[k * observables];
      sum += value;
      squares += value * value;
    }
    return (squares - sum * sum / samples) / (samples - 1);
  }

  private static double[] pairs(Path run) {
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("pairs.h5"))) {
      return reader.doubles("/z0");
    }
  }

  @Tag("law")
  @Test
  void blocksAreNotKept() {
    String config = CONFIG.replace("small: 5, large: [6, 7, 8]", "small: 5, large: [20, 20, 30]");
    Path out = TinyLift.run(folder.resolve("kept"), config, 1);
    assertThat(out.resolve("pairs.h5")).exists();
    assertThat(out.resolve("large.h5")).doesNotExist();
    ConfigNode all = ConfigNode.parse(config.replace("keep_samples: 2", "keep: all"), "test.yaml");
    LiftStage<?> stage =
        new LiftStage<>(
            LatticeSystem.liftable(SystemProvider.find(all.get("system")).create(all)),
            LiftConfig.of(all),
            true);
    assertThatThrownBy(stage::check).hasMessageContaining("upsample.keep");
  }
}
