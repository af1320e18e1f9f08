package org.latticelift.learn.barrierfit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.testing.Failures;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.TableOrigin;
import org.latticelift.learn.barrierfit.linear.LinearFit.Term;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.barrier.TableError;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Fits to barriers of known linear models with noise find these models, within their errors. */
class LinearFitTest {
  private static final double NOISE = 0.02;
  private static final List<String> SPECIES = List.of("Ag", "Cu", "Ni");

  /** An fcc alloy with one shell of pairs and saddle terms by jumping species. */
  private static LinearTerms fcc() {
    return new LinearTerms(
        List.of(0.6, 0.7, 0.9),
        List.of(
            List.of(
                List.of(0.02, -0.06, 0.02),
                List.of(-0.06, -0.01, -0.03),
                List.of(0.02, -0.03, 0.01))),
        Optional.of(List.of(List.of(0.03, -0.02, 0.01))),
        Optional.of(
            List.of(
                List.of(
                    List.of(0.03, -0.01, -0.02),
                    List.of(0.0, 0.04, -0.04),
                    List.of(-0.03, 0.02, 0.01)))),
        0.02,
        SPECIES);
  }

  private static LinearTerms bcc() {
    return new LinearTerms(
        List.of(1.5, 1.7),
        List.of(
            List.of(List.of(0.0, -0.05), List.of(-0.05, 0.0)),
            List.of(List.of(0.0, 0.03), List.of(0.03, 0.0))),
        Optional.empty(),
        0.02);
  }

  /** Random environments with a barrier of one hop each, and now and then a second vacancy. */
  static BarrierTable table(
      Crystal crystal, LinearTerms terms, List<String> species, int count, double noise, int seed) {
    RandomStream random = new Streams(seed).stream(Purpose.CHECK);
    BarrierModel truth = new LinearBarrier("truth", crystal, terms, 1e13);
    BarrierKernel kernel = truth.newKernel();
    int sites = crystal.environmentSize();
    int hops = crystal.hopCount();
    byte[] codes = new byte[count * sites];
    float[] barriers = new float[count * hops];
    for (int e = 0; e < count; e++) {
      int hop = random.below(hops);
      for (int j = 0; j < sites; j++) {
        codes[e * sites + j] = (byte) (1 + random.below(species.size()));
      }
      int empty = random.below(20 * sites);
      if (empty < sites && empty != crystal.environment(0).hopTarget(hop)) {
        codes[e * sites + empty] = 0;
      }
      float[] all = new float[hops];
      kernel.barriers(codes, e * sites, 0, all, 0);
      Arrays.fill(barriers, e * hops, (e + 1) * hops, Float.NaN);
      barriers[e * hops + hop] = (float) (all[hop] + noise * random.normal());
    }
    return new BarrierTable(
        sites,
        hops,
        species,
        codes,
        barriers,
        new int[count],
        List.of("all"),
        TableOrigin.of("test", "test", species.size()));
  }

  private static Term term(LinearFitReport report, String name) {
    return report.terms().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static void agrees(LinearFitReport report, String name, double truth) {
    Term term = term(report, name);
    assertThat(term.error()).isBetween(1e-4, 0.01);
    assertThat(term.value()).as(name).isCloseTo(truth, within(4 * term.error()));
  }

  @Test
  void findsTheTermsOfAnFccTernary() {
    BarrierTable table = table(Crystal.fcc(), fcc(), SPECIES, 600, NOISE, 9);
    LinearFitReport report = LinearFitReport.of(table, Optional.of(NOISE), 1);
    assertThat(report.text()).contains("1 shell of pairs, 1 shell around the saddle point, by");
    agrees(report, "activation Ag", 0.6);
    agrees(report, "activation Ni", 0.9);
    agrees(report, "interchange Ag-Cu, shell 1", -0.13);
    agrees(report, "interchange Ag-Ni, shell 1", 0.01);
    agrees(report, "interchange Cu-Ni, shell 1", -0.06);
    agrees(report, "vacancy Cu - Ag, shell 1", -0.015 - 0.02);
    agrees(report, "vacancy Ni - Ag, shell 1", 0.005 - 0.02);
    agrees(report, "saddle Cu - Ag of jumping Cu, shell 1", 0.04);
    agrees(report, "saddle Ni - Ag of jumping Ni, shell 1", 0.04);
    TableError error = report.file().error().orElseThrow();
    assertThat(error.low()).isLessThan(0.0205);
    assertThat(error.high()).isGreaterThan(0.0205);
    assertThat(error.functionHigh().orElseThrow()).isBetween(0.002, 0.012);
  }

  /** The model in a simulation has the barriers of the truth, much nearer than the noise. */
  @Test
  void predictsTheFunction() {
    LinearFitReport report =
        LinearFitReport.of(
            table(Crystal.fcc(), fcc(), SPECIES, 600, NOISE, 9), Optional.of(NOISE), 1);
    BarrierTable fresh = table(Crystal.fcc(), fcc(), SPECIES, 1000, 0, 2);
    assertThat(rmse(report, fresh)).isLessThan(0.005);
  }

  private static double rmse(LinearFitReport report, BarrierTable table) {
    Crystal crystal = table.knownCrystal().crystal();
    BarrierKernel kernel =
        report.file().model("m", crystal, Optional.of(table.speciesNames()), "test").newKernel();
    float[] all = new float[table.hops()];
    double squares = 0;
    int count = 0;
    for (int e = 0; e < table.size(); e++) {
      kernel.barriers(table.environment(), e * table.sites(), 0, all, 0);
      for (int d = 0; d < all.length; d++) {
        double difference = all[d] - table.barrier()[e * all.length + d];
        squares += Double.isNaN(difference) ? 0 : difference * difference;
        count += Double.isNaN(difference) ? 0 : 1;
      }
    }
    return Math.sqrt(squares / count);
  }

  @Test
  void findsTheShellsOfABccBinary() {
    BarrierTable table = table(Crystal.bcc(), bcc(), List.of("Mo", "W"), 500, 0.01, 3);
    LinearFitReport report = LinearFitReport.of(table, Optional.empty(), 1);
    assertThat(report.text()).contains("2 shells of pairs, no saddle terms", "not known");
    agrees(report, "interchange Mo-W, shell 1", -0.1);
    agrees(report, "interchange Mo-W, shell 2", 0.06);
    agrees(report, "vacancy W - Mo, shell 1", 0);
  }

  /** Codes in another order give the same model: the ridge acts on what has no order. */
  @Test
  void theOrderOfSpeciesChangesNothing() {
    BarrierTable table = table(Crystal.fcc(), fcc(), SPECIES, 200, NOISE, 4);
    List<String> other = List.of("Ni", "Ag", "Cu");
    byte[] codes = table.environment().clone();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (codes[i] == 0 ? 0 : other.indexOf(SPECIES.get(codes[i] - 1)) + 1);
    }
    BarrierTable recoded =
        new BarrierTable(
            table.sites(),
            table.hops(),
            other,
            codes,
            table.barrier(),
            table.category(),
            table.categoryNames(),
            table.origin());
    LinearFitReport a = LinearFitReport.of(table, Optional.empty(), 1);
    LinearFitReport b = LinearFitReport.of(recoded, Optional.empty(), 1);
    assertThat(term(b, "interchange Ag-Cu, shell 1").value())
        .isCloseTo(term(a, "interchange Ag-Cu, shell 1").value(), within(1e-9));
    assertThat(term(b, "vacancy Cu - Ni, shell 1").value())
        .isCloseTo(
            term(a, "vacancy Cu - Ag, shell 1").value()
                - term(a, "vacancy Ni - Ag, shell 1").value(),
            within(1e-9));
    BarrierTable fresh = table(Crystal.fcc(), fcc(), SPECIES, 100, 0, 5);
    assertThat(rmse(b, fresh)).isCloseTo(rmse(a, fresh), within(1e-9));
  }

  @Test
  void refusesFewerRowsThanTerms() {
    BarrierTable few = table(Crystal.fcc(), fcc(), SPECIES, 7, NOISE, 8);
    Failures.assertFails(
        ExitCode.BAD_DATA,
        () -> LinearFitReport.of(few, Optional.empty(), 1),
        "7 barriers",
        "at least 8");
  }

  /** Squared errors that fall as a constant and a part of one over the rows. */
  @Test
  void expectsWhatTheCurveSays() {
    List<double[]> curve =
        java.util.stream.IntStream.rangeClosed(1, 9)
            .mapToObj(k -> new double[] {30.0 * k, Math.sqrt(4e-4 + 0.01 / (30 * k))})
            .toList();
    double[] law = LinearFitReport.law(curve);
    assertThat(law[0]).isCloseTo(4e-4, within(1e-10));
    assertThat(law[1]).isCloseTo(0.01, within(1e-7));
  }
}
