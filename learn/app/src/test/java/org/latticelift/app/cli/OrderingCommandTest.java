package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.app.pipeline.OrderingRun;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.TaskLog;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.systems.alloy.AlloyOrdering.OrderingConfig;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.FittedStages;

/** An equimolar binary alloy of nearest neighbours is an Ising antiferromagnet of known order. */
class OrderingCommandTest {
  private static final Path SHIPPED = Path.of("..", "..", "configs", "alloy-ordering.yaml");

  /** Critical coupling J/kT of the Ising model of bcc (high-temperature series; Monte Carlo). */
  private static final double CRITICAL = 0.157373;

  private static final double KELVIN = 1000;

  @TempDir private Path folder;

  private Path ising() throws IOException {
    return ising(CRITICAL);
  }

  /** Unlike pairs of energy -2 J, like ones 0: spins of coupling -J. */
  private Path ising(double coupling) throws IOException {
    PairKinds kinds = new PairKinds(2);
    EffectiveHamiltonian hamiltonian =
        new EffectiveHamiltonian(kinds, 1, new double[] {0, -2 * coupling});
    double[] pairs = new double[8 * kinds.pairs()];
    FittedStage stage =
        new FittedStage(
            0, 1, 1, hamiltonian, pairs, pairs, new double[1], new double[1], new double[2][2], 1);
    Path file = folder.resolve("hamiltonian.h5");
    Files.deleteIfExists(file);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      HamiltonianFile.describe(writer, List.of("A", "B"), 1024);
      HamiltonianFile.write(
          writer, Condition.of("temperature_K", KELVIN), new FittedStages(List.of(stage)));
    }
    return file;
  }

  /** Ends a scan after five chains. */
  private static final class Five implements Progress {
    private long steps;

    @Override
    public void step(long n) {
      steps += n;
      if (steps == 5) {
        throw new IllegalStateException("enough");
      }
    }

    @Override
    public void message(String text) {}

    @Override
    public void close() {}
  }

  private Outcome run(String... sets) {
    return run("--quiet", sets);
  }

  private Outcome run(String option, String[] sets) {
    List<String> all = new ArrayList<>(List.of("ordering", SHIPPED.toString(), option));
    all.addAll(List.of("--out", folder.resolve("found.csv").toString(), "--threads", "2"));
    for (String set : sets) {
      all.addAll(List.of("--set", set));
    }
    return TinyRun.run(all.toArray(String[]::new));
  }

  @Tag("law")
  @Test
  void theIsingModelOrdersWhereItIsKnownTo() throws Exception {
    Path hamiltonian = ising();
    Outcome outcome =
        run(
            "hamiltonian=" + hamiltonian,
            "condition=T1000",
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
      "condition=T1000",
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

  /** What is kept of a stopped scan decides nothing: the table is that of one in one go. */
  @Test
  void aStoppedScanGoesOn() throws Exception {
    String[] few = {
      "hamiltonian=" + ising(),
      "condition=T1000",
      "cells=[6, 7]",
      "temperature_K=[900, 1000, 1100]",
      "order=B",
      "chains=3",
      "settle=2",
      "records=20",
      "gap=1"
    };
    Path table = folder.resolve("found.csv");
    Path log = TaskLog.beside(table);
    assertThat(run(few).code()).isZero();
    assertThat(log).doesNotExist();
    String whole = Files.readString(table);
    Outcome refused = run(few);
    assertThat(refused.code()).isEqualTo(73);
    assertThat(log).as("refused before anything is done").doesNotExist();
    Files.delete(table);
    Files.delete(folder.resolve("found.svg"));
    OrderingConfig config =
        Binder.bind(ConfigNode.load(SHIPPED, List.of(few)), OrderingConfig.class);
    try (TaskLog begun = new OrderingRun(config).log(table, OpenMode.NEW)) {
      assertThatThrownBy(() -> new OrderingRun(config).run(1, begun, new Five(), StopSignal.none()))
          .hasStackTraceContaining("enough");
      assertThat(begun.finished()).isEqualTo(5);
    }
    Outcome taken = run(few);
    assertThat(taken.code()).isEqualTo(73);
    assertThat(taken.err()).contains("--resume");
    Outcome resumed = run("--resume", few).succeeded();
    assertThat(Files.readString(table)).isEqualTo(whole);
    assertThat(log).doesNotExist();
  }

  /** A Hamiltonian may move, its content and all keys stay. */
  @Test
  void aStoppedScanIsOfItsConfigurationAndItsHamiltonian() throws Exception {
    Path hamiltonian = ising();
    String[] few = {
      "hamiltonian=" + hamiltonian,
      "condition=T1000",
      "cells=[6, 7]",
      "temperature_K=[900, 1000, 1100]",
      "order=B",
      "chains=2",
      "settle=1",
      "records=2",
      "gap=1"
    };
    Path table = folder.resolve("found.csv");
    OrderingConfig config =
        Binder.bind(ConfigNode.load(SHIPPED, List.of(few)), OrderingConfig.class);
    new OrderingRun(config).log(table, OpenMode.NEW).close();
    String[] more = few.clone();
    more[7] = "records=3";
    Outcome other = run("--resume", more);
    assertThat(other.code()).isEqualTo(65);
    assertThat(other.err()).hasLineCount(1).contains("records was 2, is 3", "found.csv.tasks");
    few[0] = "hamiltonian=" + Files.move(hamiltonian, folder.resolve("moved.h5"));
    ising(CRITICAL / 2);
    more[7] = "records=2";
    Outcome edited = run("--resume", more);
    assertThat(edited.code()).isEqualTo(65);
    assertThat(edited.err())
        .hasLineCount(1)
        .contains("hamiltonian had another content", "that of " + hamiltonian + " is ");
    assertThat(run("--resume", few).code()).as("a file that has moved").isZero();
  }

  @Test
  void theShippedConfigurationNeedsItsHamiltonian() {
    assertThat(run().code()).isEqualTo(66);
  }
}
