package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.systems.alloy.AlloyOrdering.OrderingConfig;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.FittedStages;

class AlloyOrderingTest {
  @TempDir private Path folder;

  /** A file whose last stage has some nearest-neighbour energy of unlike atoms. */
  private Path file(List<String> species, double electronVolts, double kelvin) {
    PairKinds kinds = new PairKinds(species.size());
    double[] kT = new double[kinds.parameters().length];
    Arrays.fill(
        kT,
        kinds.vacancyParameters(),
        kT.length,
        electronVolts / (EffectiveHamiltonian.BOLTZMANN * kelvin));
    int n = kT.length;
    FittedStage first = stage(EffectiveHamiltonian.none(kinds, 1), n, kinds);
    FittedStage last = stage(new EffectiveHamiltonian(kinds, 1, kT), n, kinds);
    Path file = folder.resolve("hamiltonian.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      HamiltonianFile.describe(writer, species, 1024);
      HamiltonianFile.write(
          writer, Condition.of("temperature_K", kelvin), new FittedStages(List.of(first, last)));
    }
    return file;
  }

  private static FittedStage stage(EffectiveHamiltonian hamiltonian, int n, PairKinds kinds) {
    double[] pairs = new double[8 * kinds.pairs()];
    return new FittedStage(
        0, 1, 1, hamiltonian, pairs, pairs, new double[1], new double[1], new double[n][n], 1);
  }

  private AlloyOrdering ordering(Path file, String more) {
    String yaml = "{hamiltonian: " + file + ", condition: T1500, " + more + "}";
    return new AlloyOrdering(
        Binder.bind(ConfigNode.parse(yaml, "test.yaml"), OrderingConfig.class));
  }

  /** Without energies the number of atoms on corners has a hypergeometric law. */
  @Test
  void withoutEnergiesTheOrderIsThatOfChance() {
    Path file = file(List.of("A", "B", "C"), 0, 1500);
    AlloyOrdering ordering =
        ordering(
            file,
            "cells: [8, 9], temperature_K: [900, 1000, 1100], order: B, composition: {A: 2, B: 1, C:"
                + " 1}, chains: 2, settle: 1, records: 3000, gap: 1");
    double square = 0;
    double mean = 0;
    int count = 0;
    for (int chain = 0; chain < 2; chain++) {
      for (double b : ordering.chain(new AlloyOrdering.Point(8, 1000), chain)) {
        square += b * b;
        mean += b;
        count++;
      }
    }
    double sites = 1024;
    double atoms = 256;
    double expected = (sites - atoms) / (sites - 1) / atoms;
    double error = expected * Math.sqrt(2.0 * 3 / count); // records a sweep apart hardly correlate
    assertThat(square / count).isCloseTo(expected, within(4 * error));
    assertThat(mean / count).isCloseTo(0, within(4 * Math.sqrt(3 * expected / count)));
  }

  /** Energies in eV hold at every temperature; the last stage counts. */
  @Test
  void energiesAreThoseOfTheLastStage() {
    Path file = file(List.of("A", "B"), -0.03, 1500);
    AlloyOrdering ordering = ordering(file, "temperature_K: [500, 750, 3000], order: B");
    for (double kelvin : new double[] {500, 1500, 3000}) {
      EffectiveHamiltonian at = ordering.at(kelvin);
      assertThat(at.of(1, 1, 2) * EffectiveHamiltonian.BOLTZMANN * kelvin)
          .isCloseTo(-0.03, within(1e-12));
      assertThat(at.of(1, 0, 1)).isZero();
    }
    assertThat(ordering.points()).hasSize(9);
    assertThat(ordering.chain(ordering.points().get(0), 0))
        .isEqualTo(ordering.chain(ordering.points().get(0), 0))
        .isNotEqualTo(ordering.chain(ordering.points().get(0), 1));
  }

  @Test
  void mistakesAreRefused() {
    Path file = file(List.of("A", "B"), -0.03, 1500);
    for (String wrong :
        List.of(
            "temperature_K: [900, 1000, 1100], order: C",
            "temperature_K: [900, 1000], order: B",
            "temperature_K: [900, 1000, 1100], order: B, cells: [8]",
            "temperature_K: [900, 1000, 1100], order: B, cells: [2, 8]",
            "temperature_K: [1, 1000, 1100], order: B")) {
      assertThatThrownBy(() -> ordering(file, wrong))
          .as(wrong)
          .isInstanceOf(LatticeLiftException.class);
    }
    assertThatThrownBy(
            () ->
                new AlloyOrdering(
                    Binder.bind(
                        ConfigNode.parse(
                            "{hamiltonian: "
                                + file
                                + ", condition: T9, temperature_K: [900, 1000, 1100]}",
                            "test.yaml"),
                        OrderingConfig.class)))
        .hasMessageContaining("T1500");
  }
}
