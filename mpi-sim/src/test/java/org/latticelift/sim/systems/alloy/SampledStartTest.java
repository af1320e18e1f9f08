package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.FittedStages;

/** Simulations that start from states of an effective Hamiltonian. */
class SampledStartTest {
  private static final Streams SEEDS = new Streams(5);
  private static final PairKinds KINDS = new PairKinds(3);
  private static final int PARAMETERS = KINDS.parameters().length;

  @TempDir private Path folder;
  private Path file;

  /** Two conditions; at T900 the first stage is random and the last prefers pairs NbMo. */
  @BeforeEach
  void write() {
    double[] ordered = new double[PARAMETERS];
    ordered[KINDS.vacancyParameters()] = -0.2;
    file = folder.resolve("hamiltonian.h5");
    FittedStage random = stage(EffectiveHamiltonian.none(KINDS, 1));
    FittedStage last = stage(new EffectiveHamiltonian(KINDS, 1, ordered));
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      HamiltonianFile.describe(writer, List.of("Nb", "Mo", "Ta"), 1024);
      for (double kelvin : new double[] {900, 1500}) {
        HamiltonianFile.write(
            writer, Condition.of("temperature_K", kelvin), new FittedStages(List.of(random, last)));
      }
    }
  }

  private static FittedStage stage(EffectiveHamiltonian hamiltonian) {
    double[] pairs = new double[8 * KINDS.pairs()];
    double[][] covariance = new double[PARAMETERS][PARAMETERS];
    double[] none = new double[1];
    return new FittedStage(0, 1, 1, hamiltonian, pairs, pairs, none, none, covariance, 1);
  }

  private AlloySystem system(String start, String... sets) {
    ConfigNode root =
        ConfigNode.parse(
            """
            system: alloy
            conditions: {temperature_K: [900]}
            lattice: {small: 8, large: 20}
            barrier: {model: pairwise}
            direct: {parallel: {block_cells: 5}}
            """,
            "test.yaml");
    root = root.with("lattice.start", "{file: " + file + ", " + start + "}");
    for (String set : sets) {
      root = root.with(set.split("=")[0], set.split("=")[1]);
    }
    return (AlloySystem) new AlloyProvider().create(root);
  }

  private double[] alone(AlloySystem system, boolean large, int run) {
    var dynamics = system.dynamics(system.conditions().get(0), 0);
    AlloyState state =
        dynamics.initial(large ? system.large() : system.small(), SEEDS.stream(Purpose.CHECK, run));
    return dynamics.observe(state);
  }

  private static double[] onRanks(AlloySystem system, int run) {
    Condition condition = system.conditions().get(0);
    var ranks = LocalRanks.single();
    return system
        .options()
        .distributed()
        .orElseThrow()
        .start(ranks, condition, run, SEEDS)
        .observe();
  }

  /** Order of pairs NbMo, in the mean over runs. */
  private static double mean(double[][] observed) {
    return Arrays.stream(observed).mapToDouble(row -> row[1]).average().orElseThrow();
  }

  @Tag("law")
  @Test
  void statesOfAllSizesHaveTheOrderOfTheStage() {
    AlloySystem last = system("group: T900");
    int runs = 24;
    double[][] small = new double[4 * runs][];
    double[][] large = new double[runs][];
    double[][] ranks = new double[runs][];
    Arrays.setAll(small, i -> alone(last, false, i));
    Arrays.setAll(large, i -> alone(last, true, i));
    Arrays.setAll(ranks, i -> onRanks(last, i));
    // Three standard errors: states of 16 000 sites scatter by 0.013, of 1024 by 0.077.
    assertThat(mean(ranks)).isCloseTo(mean(large), within(0.011));
    assertThat(mean(small)).isCloseTo(mean(large), within(0.025));
    assertThat(mean(large)).isGreaterThan(0.2);
    double[][] random = new double[runs][];
    Arrays.setAll(random, i -> onRanks(system("group: T900, index: 0"), i));
    assertThat(mean(random)).isCloseTo(0, within(0.008));
  }

  @Test
  void runsStartDifferently() {
    AlloySystem last = system("group: T900");
    assertThat(last.remarks(true, true))
        .containsExactly("all runs start with states drawn from the Hamiltonian of lattice.start");
    last.checkStart(true, true);
    assertThat(alone(last, true, 0)).isNotEqualTo(alone(last, true, 1));
    assertThat(onRanks(last, 0)).isNotEqualTo(onRanks(last, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index: -1 | Hamiltonians of 2 conditions | T900, T1500",
        "group: T800 | no Hamiltonian of T800 | T900, T1500",
        "group: T900, index: 2 | no stage 2 | 0 to 1",
        "group: T900, vacancy_at: [[0, 0, 0]] | chosen vacancies | lattice.vacancy_concentration",
      })
  void whatCannotBeSampledIsRefused(String start, String what, String allowed) {
    assertFails(() -> system(start), what, allowed);
  }

  @Test
  void otherSpeciesAreRefused() {
    assertThatThrownBy(() -> system("group: T900", "lattice.species=[Mo, Nb, Ta]"))
        .hasMessageContaining("[Nb, Mo, Ta]")
        .hasMessageContaining("[Mo, Nb, Ta]");
  }
}
