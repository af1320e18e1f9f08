package org.latticelift.sim.vacancy.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.statistics.Jackknife;

/** Interdiffusion against closed forms (EX-61). */
class InterdiffusionTest {
  private static final double D = 3e-14;
  private static final double SMALL = 1e-12 * D;

  private static Coefficients of(double[] x, double[][] onsager, double[][] factors) {
    return new Interdiffusion(x)
        .of(new Jackknife(onsager, List.of()), List.of(new Jackknife(factors, List.of())));
  }

  private static double[][] ideal(double... x) {
    int n = x.length - 1;
    double[][] factors = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        factors[i][j] = (i == j ? 1 / x[i] : 0) + 1 / x[n];
      }
    }
    return factors;
  }

  /** L_ij = D x_i (f delta_ij + (1 - f) x_j): labels of like atoms mean nothing to the vacancy. */
  @Test
  void atomsOfOneRateInterdiffuseAsTracers() {
    double f = 0.7272;
    for (double[] x : new double[][] {{0.3, 0.7}, {0.5, 0.25, 0.25}, {0.1, 0.2, 0.3, 0.4}}) {
      int n = x.length;
      double[][] onsager = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          onsager[i][j] = D * x[i] * ((i == j ? f : 0) + (1 - f) * x[j]);
        }
      }
      Coefficients found = of(x, onsager, ideal(x));
      for (int j = 0; j < n - 1; j++) {
        for (int i = 0; i < n - 1; i++) {
          assertThat(found.volume()[i][j]).isCloseTo(i == j ? f * D : 0, within(SMALL));
          assertThat(found.lattice()[i][j]).isCloseTo(i == j ? f * D : 0, within(SMALL));
        }
        assertThat(found.lattice()[n - 1][j]).isCloseTo(-f * D, within(SMALL));
        assertThat(found.eigenvalues()[j]).isCloseTo(f * D, within(1e-6 * D));
      }
    }
  }

  /** (x_B D_A + x_A D_B) Phi, Phi = x_A x_B Theta. */
  @Test
  void withoutCorrelationsABinaryAlloyIsDarkens() {
    double[] x = {0.2, 0.8};
    double phi = 1.7;
    double[][] factors = {{phi / (x[0] * x[1])}};
    Coefficients found = of(x, new double[][] {{x[0] * 5 * D, 0}, {0, x[1] * D}}, factors);
    assertThat(found.volume()[0][0]).isCloseTo((x[1] * 5 + x[0]) * phi * D, within(SMALL));
    assertThat(found.lattice()[0][0]).isCloseTo(5 * phi * D, within(SMALL));
    assertThat(found.lattice()[1][0]).isCloseTo(-phi * D, within(SMALL));
    assertThat(found.eigenvalues()[0]).isEqualTo(found.volume()[0][0]);
  }

  /** Fluxes from potentials that obey Gibbs and Duhem, solved for one by one. */
  @Test
  void fluxesAreThoseOfTheGradientsOfPotentials() {
    double[] x = {0.5, 0.3, 0.2};
    double[][] onsager = {{5 * D, -D, 0.5 * D}, {-D, 4 * D, 0.3 * D}, {0.5 * D, 0.3 * D, 2 * D}};
    double[][] factors = {{9, 4}, {4, 7}};
    Coefficients found = of(x, onsager, factors);
    for (int j = 0; j < 2; j++) {
      double[][] equations = {{1, 0, -1}, {0, 1, -1}, x};
      double[] gradient =
          new LUDecomposition(new Array2DRowRealMatrix(equations))
              .getSolver()
              .solve(new ArrayRealVector(new double[] {factors[0][j], factors[1][j], 0}))
              .toArray();
      double[] flux =
          IntStream.range(0, 3)
              .mapToDouble(
                  i -> IntStream.range(0, 3).mapToDouble(k -> onsager[i][k] * gradient[k]).sum())
              .toArray();
      double drift = flux[0] + flux[1] + flux[2];
      for (int i = 0; i < 3; i++) {
        assertThat(found.lattice()[i][j]).isCloseTo(flux[i], within(SMALL));
      }
      for (int i = 0; i < 2; i++) {
        assertThat(found.volume()[i][j]).isCloseTo(flux[i] - x[i] * drift, within(SMALL));
      }
    }
    double[] values = found.eigenvalues();
    double[][] v = found.volume();
    assertThat(values[0]).isGreaterThan(values[1]);
    assertThat(values[1]).isGreaterThan(0);
    assertThat(values[0] + values[1]).isCloseTo(v[0][0] + v[1][1], within(SMALL));
    double determinant = v[0][0] * v[1][1] - v[0][1] * v[1][0];
    assertThat(values[0] * values[1]).isCloseTo(determinant, within(1e-9 * determinant));
  }

  /** Blocks that scatter by a known amount, of one factor and of both. */
  @Test
  void errorsOfBothFactorsAdd() {
    double[] x = {0.5, 0.5};
    double[][] onsager = {{D, 0}, {0, D}};
    double[][] factors = {{4}};
    // Two blocks of +-10 %: each alone differs from the mean by that, which is the error.
    List<double[][]> some = List.of(new double[][] {{1.1 * D, 0}, {0, 1.1 * D}}, scaled(0.9));
    Jackknife sure = new Jackknife(factors, List.of(factors, factors));
    Jackknife unsure =
        new Jackknife(factors, List.of(new double[][] {{4.4}}, new double[][] {{3.6}}));
    Interdiffusion alloy = new Interdiffusion(x);
    double one = alloy.of(new Jackknife(onsager, some), List.of(sure)).volumeError()[0][0];
    Coefficients both = alloy.of(new Jackknife(onsager, some), List.of(sure, unsure));
    double value = both.volume()[0][0];
    assertThat(one).isCloseTo(0.1 * value, within(1e-9 * value));
    assertThat(both.volumeError()[0][0]).isCloseTo(Math.sqrt(0.02) * value, within(1e-9 * value));
    assertThat(both.eigenvaluesError()[0]).isCloseTo(both.volumeError()[0][0], within(SMALL));
    assertThat(of(x, onsager, factors).volumeError()[0][0]).isNaN();
  }

  private static double[][] scaled(double by) {
    return new double[][] {{by * D, 0}, {0, by * D}};
  }
}
