package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.output.CsvReader;

/** Every atom jumps at the same rate, of which everything is known. */
class DiffusionCommandTest {
  private static final double BARRIER = 0.5;
  private static final double FORMATION = 2.8;
  private static final String CONFIG =
      """
      system: alloy
      seed: 4
      conditions: {temperature_K: [1000, 1200]}
      lattice: {species: [A, B], composition: {A: 1, B: 1}, small: 6, large: 6, observables: [pair]}
      barrier: {model: pairwise, pairwise: {activation: [0.5, 0.5], shells: [[[0, 0], [0, 0]]]}}
      transport: {window: 16}
      direct: {runs: 2, records: 160, duration: {events: 160000}}
      """;

  @TempDir private Path folder;

  private Path run(String config, String... more) {
    Path out = folder.resolve("run");
    String[] words = new String[more.length + 4];
    words[0] = "kmc";
    words[1] = TinyRun.write(folder.resolve("config.yaml"), config).toString();
    words[2] = "--out=" + out;
    words[3] = "--quiet";
    System.arraycopy(more, 0, words, 4, more.length);
    Outcome outcome = TinyRun.run(words);
    assertThat(outcome.err()).isEmpty();
    return out;
  }

  private static void near(Map<String, String> row, double expected, double beside) {
    double error = Double.parseDouble(row.get("error"));
    assertThat(error).isBetween(1e-4 * expected, 0.05 * expected);
    assertThat(Double.parseDouble(row.get("value")))
        .isBetween(expected - 4 * error - beside, expected + 4 * error + beside);
  }

  private static Map<String, String> row(Path csv, String... words) {
    return CsvReader.rows(csv).stream()
        .filter(row -> row.values().containsAll(List.of(words)))
        .findFirst()
        .orElseThrow();
  }

  @Tag("pipeline")
  @Test
  void equalRatesGiveWhatIsKnownOfThem() {
    Path run = run(CONFIG);
    Outcome outcome =
        TinyRun.run(
            "diffusion", run.toString(), "--vacancies={formation_eV: 2.8, entropy_kB: 1.5}");
    assertThat(outcome.err()).isEmpty();
    Path csv = run.resolve("diffusion/diffusion.csv");
    near(row(csv, "correlation factor", "T1000", "vacancy"), 1, 0);
    near(row(csv, "correlation factor", "T1200", "A"), 0.7272, 0.01);
    // Attempts at 1e13 in eight directions; the vacancy leaves as if there were nothing else.
    double hop = Math.sqrt(3) / 2 * 3.24e-10;
    double rate = 8 * 1e13 * Math.exp(-BARRIER / (8.617333e-5 * 1200));
    near(row(csv, "tracer diffusion coefficient", "T1200", "vacancy"), hop * hop * rate / 6, 0);
    String line =
        outcome.out().lines().filter(each -> each.matches("A +3\\..*")).findFirst().orElseThrow();
    String[] cells = line.trim().split(" +");
    double error = Double.parseDouble(cells[2]);
    assertThat(error).isLessThan(0.05);
    assertThat(Double.parseDouble(cells[1]))
        .isBetween(BARRIER + FORMATION - 4 * error, BARRIER + FORMATION + 4 * error);
    assertThat(run.resolve("diffusion/diffusion.svg")).exists();
    assertThat(run.resolve("diffusion/diffusion-windows-T1000.svg")).exists();
    Outcome again = TinyRun.run("diffusion", run.toString(), "--interdiffusion");
    assertThat(again.err()).contains("exists");
    assertThat(again.out()).isEmpty();
    interdiffusionIsTracerDiffusion(run);
    assertThat(TinyRun.run("diffusion", run.toString(), "--overwrite").err()).isEmpty();
  }

  /** A lattice that ranks share, each window of jumps beginning anew in every block. */
  @Tag("pipeline")
  @Test
  void aSharedLatticeGivesWhatIsKnownOfEqualRates() {
    String[] shared = {
      "--set=direct.parallel={block_cells: 6}",
      "--set=lattice.large=12",
      "--set=conditions.temperature_K=[1000]"
    };
    String vacancies = "--set=lattice.vacancy_concentration=0.002";
    String[] longer = {"--set=direct.records=320", "--set=direct.duration={events: 320000}"};
    Path run = run(CONFIG, shared[0], shared[1], shared[2], vacancies, longer[0], longer[1]);
    assertThat(TinyRun.run("diffusion", run.toString()).err()).isEmpty();
    Path csv = run.resolve("diffusion/diffusion.csv");
    near(row(csv, "correlation factor", "T1000", "vacancy"), 1, 0);
    near(row(csv, "correlation factor", "T1000", "A"), 0.7272, 0.01);
    near(row(csv, "correlation factor", "T1000", "B"), 0.7272, 0.01);
  }

  /** Labels of atoms that jump and mix alike mean nothing. */
  private static void interdiffusionIsTracerDiffusion(Path run) {
    Outcome outcome = TinyRun.run("diffusion", run.toString(), "--interdiffusion", "--overwrite");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("the pair energies of the barriers");
    Path csv = run.resolve("diffusion/interdiffusion.csv");
    Map<String, String> tracer =
        row(run.resolve("diffusion/diffusion.csv"), "tracer diffusion coefficient", "T1200", "A");
    double expected = Double.parseDouble(tracer.get("value"));
    double error = Double.parseDouble(tracer.get("error"));
    near(row(csv, "thermodynamic factor", "T1200"), 4, 0);
    near(row(csv, "eigenvalue of interdiffusion", "T1200"), expected, 4 * error);
    near(row(csv, "interdiffusion coefficient in the volume frame", "T1200"), expected, 4 * error);
  }

  /** The shipped configuration, whose attempt frequency is its own. */
  @Tag("pipeline")
  @Test
  void theShippedConfigurationHasInterdiffusion() {
    Path config = Path.of("..", "..", "configs", "transport", "constant-rates.yaml");
    Path out = folder.resolve("constant");
    String[] less = {
      "--set=lattice.large=6", "--set=direct.records=60", "--set=direct.duration.events=20000"
    };
    Outcome kmc =
        TinyRun.run("kmc", config.toString(), "--out=" + out, "--quiet", less[0], less[1], less[2]);
    assertThat(kmc.err()).isEmpty();
    Outcome outcome = TinyRun.run("diffusion", out.toString(), "--interdiffusion");
    assertThat(outcome.err()).isEmpty();
    Path csv = out.resolve("diffusion/interdiffusion.csv");
    near(row(csv, "thermodynamic factor", "T1000"), 4, 0);
    String text = "--vacancies={formation_eV: 2.8, entropy_kB: 1.5}";
    Outcome crystal = TinyRun.run("diffusion", out.toString(), "--overwrite", text);
    assertThat(crystal.out()).contains("Of the crystal: with its own vacancies (E = 2.80 eV");
    assertThat(crystal.out()).doesNotContain("Real times");
  }

  @Test
  void whatCannotBeMeasuredIsSaid() {
    Path config = TinyRun.write(folder.resolve("config.yaml"), CONFIG);
    String[] shared = {"--set=direct.parallel={}", "--set=transport.statistics=true"};
    assertThat(TinyRun.run("validate", config.toString(), shared[0], shared[1]).err())
        .contains("transport.statistics: false, or runs without direct.parallel");
    String few = CONFIG.replace("160000", "400");
    String one = run(few.replace("records: 160", "records: 1")).toString();
    assertThat(TinyRun.run("diffusion", one).err()).contains("too few records");
    assertThat(TinyRun.run("diffusion", one, "--vacancies={formation_eV: 0.1}").err())
        .contains("a concentration of vacancies of 0.3")
        .hasLineCount(1);
    String sinks =
        "{formation_eV: 2.8, clock: real, mode: sinks,"
            + " sinks: {strength_per_m2: 1e12, D0_m2_per_s: 1e-5, Q_eV: 1.5}}";
    assertThat(TinyRun.run("diffusion", one, "--vacancies=" + sinks).err())
        .contains("vacancies that find sinks")
        .hasLineCount(1);
    String crystal = CONFIG.replace("160000", "20000") + "vacancies: {formation_eV: 2.8}\n";
    String other = run(crystal, "--overwrite").toString();
    assertThat(TinyRun.run("diffusion", other).out()).contains("E = 2.80 eV");
    assertThat(
            TinyRun.run("diffusion", other, "--overwrite", "--vacancies={formation_eV: 2.5}").out())
        .contains("E = 2.50 eV");
    Path run = run(few.replace("transport: {window: 16}", ""), "--overwrite");
    assertThat(TinyRun.run("diffusion", run.toString(), "--overwrite").err())
        .contains("section 'transport'");
  }
}
