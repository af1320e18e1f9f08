package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Reader;

/** The printed places explain every barrier of a table of the analytic model. */
class BarrierEnvironmentCommandTest {
  private static final String CONFIG =
      """
      barrier: {model: pairwise}
      sample:
        environments: 300
        groups:
          - {name: random, kind: random, share: 1, vacancies: {probability: 0.5, max: 3, decay: 1}}
      """;

  /** Defaults of the analytic model for Nb, Mo, Ta (codes 1, 2, 3), eV. */
  private static final double[] ACTIVATION = {1.70, 1.85, 1.80};

  private static final double[][][] PAIRS = {
    {{0, -0.02, 0.01}, {-0.02, 0, -0.05}, {0.01, -0.05, 0}},
    {{0, 0, 0}, {0, 0, 0.015}, {0, 0.015, 0}}
  };

  /** Distances of the first two shells of BCC with an edge of 3.24 Å. */
  private static final double[] SHELLS = {3.24 * Math.sqrt(3) / 2, 3.24};

  @TempDir private Path folder;

  /** Places from the vacancy, Å, in the order of sites; hops in their order. */
  private record Printed(List<double[]> sites, List<double[]> hops) {
    static Printed of(String csv) {
      List<double[]> sites = new ArrayList<>();
      List<double[]> hops = new ArrayList<>();
      for (String line : csv.lines().skip(1).toList()) {
        String[] cells = line.split(",", -1);
        sites.add(new double[] {number(cells[4]), number(cells[5]), number(cells[6])});
        if (!cells[9].isEmpty()) {
          assertThat(Integer.parseInt(cells[9])).isEqualTo(hops.size());
          hops.add(sites.get(sites.size() - 1));
        }
      }
      return new Printed(sites, hops);
    }

    private static double number(String text) {
      return Double.parseDouble(text);
    }
  }

  @Test
  void barriersOfATableFollowFromThePrintedPlaces() {
    Path config = TinyRun.write(folder.resolve("sample.yaml"), CONFIG);
    String out = folder.resolve("table").toString();
    TinyRun.Outcome sampled =
        TinyRun.run("barrier", "sample", config.toString(), "--quiet", "--out", out);
    assertThat(sampled.err()).isEmpty();
    Printed printed = Printed.of(TinyRun.run("barrier", "environment", "--csv").out());
    assertThat(printed.sites()).hasSize(112);
    assertThat(printed.hops()).hasSize(8);
    try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve("table/table.h5"))) {
      byte[] environment = reader.bytes("/environment");
      float[] barrier = reader.floats("/barrier");
      for (int row = 0; row < barrier.length; row++) {
        double expected = barrier(printed, environment, row / 8 * 112, row % 8);
        if (Double.isNaN(expected)) {
          assertThat(barrier[row]).isNaN();
        } else {
          assertThat((double) barrier[row]).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  /** Activation plus half the change of energy (AL-45 forbids a vacancy as target). */
  private static double barrier(Printed printed, byte[] codes, int at, int d) {
    double[] target = printed.hops().get(d);
    int atom = codes[at + printed.sites().indexOf(target)];
    if (atom == 0) {
      return Double.NaN;
    }
    double change = 0;
    for (int j = 0; j < 112; j++) {
      double[] place = printed.sites().get(j);
      if (place != target && codes[at + j] != 0) {
        change += energy(distance(place, new double[3]), atom, codes[at + j]);
        change -= energy(distance(place, target), atom, codes[at + j]);
      }
    }
    return ACTIVATION[atom - 1] + change / 2;
  }

  private static double energy(double distance, int a, int b) {
    for (int shell = 0; shell < SHELLS.length; shell++) {
      if (Math.abs(distance - SHELLS[shell]) < 1e-3) {
        return PAIRS[shell][a - 1][b - 1];
      }
    }
    return 0;
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  @Test
  void theTextHasHopsAndSitesOfBothCrystals() {
    String bcc = TinyRun.run("barrier", "environment").out();
    assertThat(bcc)
        .contains("112 sites within 7.5 Å", "8 hops")
        .contains("-0.50    -0.50    -0.50");
    assertThat(bcc.lines()).hasSize(3 + 2 + 8 + 2 + 112);
    String fcc = TinyRun.run("barrier", "environment", "--crystal", "fcc").out();
    assertThat(fcc).contains("54 sites", "12 hops");
    assertThat(TinyRun.run("barrier", "environment", "--crystal", "sc").code()).isEqualTo(64);
  }
}
