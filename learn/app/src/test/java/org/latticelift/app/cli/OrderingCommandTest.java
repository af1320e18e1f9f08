package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.FittedStages;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;

/** An equimolar binary alloy of nearest neighbours is an Ising antiferromagnet of known order. */
class OrderingCommandTest {
  private static final Path SHIPPED = Path.of("..", "..", "configs", "alloy-ordering.yaml");

  /** Critical coupling J/kT of the Ising model of bcc (high-temperature series; Monte Carlo). */
  private static final double CRITICAL = 0.157373;

  private static final double KELVIN = 1000;

  @TempDir private Path folder;

  /** Unlike pairs of energy -2 J, like ones 0: spins of coupling -J. */
  private Path ising() {
    PairKinds kinds = new PairKinds(2);
    EffectiveHamiltonian hamiltonian =
        new EffectiveHamiltonian(kinds, 1, new double[] {0, -2 * CRITICAL});
    double[] pairs = new double[8 * kinds.pairs()];
    FittedStage stage =
        new FittedStage(
            0, 1, 1, hamiltonian, pairs, pairs, new double[1], new double[1], new double[2][2], 1);
    Path file = folder.resolve("hamiltonian.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      HamiltonianFile.describe(writer, List.of("A", "B"), 1024);
      HamiltonianFile.write(
          writer, Condition.of("temperature_K", KELVIN), new FittedStages(List.of(stage)));
    }
    return file;
  }

  private Outcome run(String... sets) {
    List<String> all = new ArrayList<>(List.of("ordering", SHIPPED.toString(), "--quiet"));
    all.addAll(List.of("--out", folder.resolve("found.csv").toString(), "--threads", "2"));
    for (String set : sets) {
      all.addAll(List.of("--set", set));
    }
    return TinyRun.run(all.toArray(String[]::new));
  }

  @Test
  void theIsingModelOrdersWhereItIsKnownTo() throws Exception {
    Path hamiltonian = ising();
    Outcome outcome =
        run(
            "hamiltonian=" + hamiltonian,
            "cells=[8, 12]",
            "temperature_K=[970, 985, 1000, 1015, 1030]",
            "order=B",
            "vacancy_concentration=0",
            "chains=4",
            "settle=100",
            "records=300",
            "gap=3");
    assertThat(outcome.err()).isEmpty();
    String line =
        outcome.out().lines().filter(l -> l.contains(" crossing ")).findFirst().orElseThrow();
    String[] cells = line.trim().split(" +");
    double found = Double.parseDouble(cells[2]);
    double low = Double.parseDouble(cells[3]);
    double high = Double.parseDouble(cells[5]);
    // small sizes and short chains are off by some per cent; a wrong unit or sign is far off
    assertThat(found).as(line).isBetween(965.0, 1035.0);
    assertThat(high - low).isBetween(0.5, 60.0);
    assertThat(Files.readAllLines(folder.resolve("found.csv"))).hasSize(11);
    assertThat(folder.resolve("found.svg")).isNotEmptyFile();
  }

  @Test
  void existingFilesAreKept() throws Exception {
    Files.writeString(folder.resolve("found.csv"), "mine");
    String[] few = {
      "hamiltonian=" + ising(),
      "cells=[6, 7]",
      "temperature_K=[900, 1000, 1100]",
      "order=B",
      "chains=2",
      "settle=1",
      "records=2",
      "gap=1"
    };
    assertThat(run(few).code()).isEqualTo(73);
    assertThat(folder.resolve("found.csv")).hasContent("mine");
  }

  @Test
  void theShippedConfigurationNeedsItsHamiltonian() {
    assertThat(run().code()).isEqualTo(66);
  }
}
