package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.BarrierTableFile;
import org.latticelift.learn.barrierfit.TableOrigin;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.FittedModelFile;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** From noisy barriers of one's own to a model, and to a simulation that says what it rests on. */
class OwnAlloyTest {
  private static final Crystal FCC = Crystal.fcc();
  private static final int COUNT = 150;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandLines.execute(
        CommandLines.create(new LatticeLift(), new PrintWriter(out), new PrintWriter(err)),
        arguments);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** 150 barriers of an fcc alloy of two species in which unlike neighbours attract each other. */
  @BeforeEach
  void writeTable() {
    LinearTerms terms =
        new LinearTerms(
            List.of(0.7, 0.9),
            List.of(List.of(List.of(0.0, -0.04), List.of(-0.04, 0.0))),
            Optional.empty(),
            0.02);
    BarrierKernel kernel = new LinearBarrier("truth", FCC, terms, 1e13).newKernel();
    RandomStream random = new Streams(1).stream(Purpose.CHECK);
    int sites = FCC.environmentSize();
    int hops = FCC.hopCount();
    byte[] codes = new byte[COUNT * sites];
    float[] barriers = new float[COUNT * hops];
    float[] all = new float[hops];
    for (int e = 0; e < COUNT; e++) {
      for (int j = 0; j < sites; j++) {
        codes[e * sites + j] = (byte) (1 + random.below(2));
      }
      kernel.barriers(codes, e * sites, 0, all, 0);
      Arrays.fill(barriers, e * hops, (e + 1) * hops, Float.NaN);
      int hop = random.below(hops);
      barriers[e * hops + hop] = (float) (all[hop] + 0.02 * random.normal());
    }
    BarrierTable table =
        new BarrierTable(
            sites,
            hops,
            List.of("Cu", "Ni"),
            codes,
            barriers,
            new int[COUNT],
            List.of("all"),
            TableOrigin.of("t", "mine.csv", 2));
    try (Hdf5Writer writer = Hdf5Writer.create(folder.resolve("table.h5"))) {
      BarrierTableFile.write(table, writer);
    }
  }

  @Test
  void aFitIsSimulatedAndItsErrorIsStated() throws IOException {
    String linear = file("linear.h5");
    assertThat(run("barrier", "fit", file("table.h5"), "--out", linear, "--noise-eV", "0.02"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains(
            "150 barriers of 150 structures, crystal fcc",
            "interchange Cu-Ni, shell 1",
            "held out",
            "with 300 barriers instead of 150",
            "outliers beyond 5 robust sigma");
    assertThat(Files.readString(folder.resolve("linear.yaml"))).contains("crystal: fcc", "shells");
    Path config =
        Files.writeString(
            folder.resolve("kmc.yaml"),
            """
            system: alloy
            conditions: {temperature_K: [1200]}
            lattice: {crystal: fcc, species: [Ni, Cu], small: 4, large: 4}
            barrier: {model: linear, weights: linear.yaml}
            direct: {runs: 1, duration: {events: 2000}}
            """);
    assertThat(run("kmc", config.toString(), "--out", file("direct"), "--quiet"))
        .as(err.toString())
        .isZero();
    try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve("direct/trajectory.h5"))) {
      assertThat(reader.children("/")).contains("T1200");
    }
  }

  @Test
  void trainingKeepsTheLinearModelOfALinearTable() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("fit.yaml"),
            "train: {table: table.h5, noise_eV: 0.02, models: [mean, linear]}");
    assertThat(run("barrier", "train", config.toString(), "--out", file("fit"), "--quiet"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("mean by species", "Kept: linear (1 shell of pairs", "jumping Ni", "Use it:");
    assertThat(FittedModelFile.error(folder.resolve("fit/barrier-model.h5")).orElseThrow().rmse())
        .isBetween(0.016, 0.026);
    String page = Files.readString(folder.resolve("fit/barriers.html"));
    assertThat(List.of("Outliers", "How many barriers", "<figure>")).allMatch(page::contains);
  }

  @Test
  void theTemplateAsksForTheFit() throws IOException {
    Path config = folder.resolve("mine.yaml");
    assertThat(run("new", "own-alloy", config.toString())).as(err.toString()).isZero();
    assertThat(Files.readAllLines(config)).hasSizeLessThan(45).contains("system: alloy");
    assertThat(run("validate", config.toString())).isEqualTo(66);
    assertThat(err.toString()).contains("linear.h5");
  }

  @Test
  void wrongUsesAreOneLine() {
    assertThat(run("barrier", "fit", file("table.h5"), "--out", file("x.txt"))).isEqualTo(64);
    assertThat(run("barrier", "fit", file("no.h5"), "--out", file("x.h5"))).isEqualTo(66);
    assertThat(run("barrier", "fit", file("t.csv"), "--out", file("x.h5"))).isEqualTo(64);
    assertThat(err.toString()).contains("ends in .h5", "--species NAMES");
    assertThat(err.toString().lines().count()).isEqualTo(3);
  }
}
