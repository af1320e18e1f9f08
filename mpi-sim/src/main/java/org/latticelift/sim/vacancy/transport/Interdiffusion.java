package org.latticelift.sim.vacancy.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.latticelift.sim.statistics.Jackknife;

/**
 * Interdiffusion of n species, D = kT Omega L Theta, Omega the volume of a site (EX-61), where
 * vacancies are in equilibrium everywhere, as near many sources and sinks. With the Gibbs-Duhem
 * relation, sum of x_i grad mu_i = 0, and gradients of the concentrations of all species but the
 * last:
 *
 * <p>in the lattice frame D_ij = kT Omega sum over k of (L_ik - x_k sum over j of L_ij) Theta_kj,
 * of all species i: the intrinsic coefficients;
 *
 * <p>in the volume frame, in which as many atoms go either way, L is replaced by the sum over a and
 * b of (delta_ia - x_i) L_ab (delta_bk - x_k), of all species but the last.
 *
 * <p>Of an ideal alloy of equal rates both are f times what a random walk would have, the tracer
 * coefficient; without correlations between species they are Darken's.
 *
 * @param shares x_i, of all species
 */
public record Interdiffusion(double[] shares) {
  /** Relative size of an imaginary part that is rounding, as of two equal eigenvalues. */
  private static final double ROUNDING = 1e-6;

  /**
   * Computes all of them, with errors from all that the two are uncertain by ({@code onsager}: kT
   * Omega L_ij of all species, m²/s; {@code factors}: Theta_ij of all but the last, the same with
   * other parts of what they are made of left out).
   */
  public Coefficients of(Jackknife onsager, List<Jackknife> factors) {
    double[][] theta = factors.get(0).all();
    double[][] values = {flat(onsager.all(), theta)};
    double[] error = new double[values[0].length];
    List<List<double[][]>> without = new ArrayList<>();
    without.add(onsager.without().stream().map(l -> new double[][] {flat(l, theta)}).toList());
    for (Jackknife one : factors) {
      without.add(
          one.without().stream().map(t -> new double[][] {flat(onsager.all(), t)}).toList());
    }
    for (List<double[][]> parts : without) {
      double[] more = new Jackknife(values, parts).error()[0];
      Arrays.setAll(error, k -> Math.hypot(error[k], more[k]));
    }
    int n = shares.length;
    int inFrame = n * (n - 1);
    int inBoth = inFrame + (n - 1) * (n - 1);
    return new Coefficients(
        rows(values[0], 0, n),
        rows(error, 0, n),
        rows(values[0], inFrame, n - 1),
        rows(error, inFrame, n - 1),
        Arrays.copyOfRange(values[0], inBoth, error.length),
        Arrays.copyOfRange(error, inBoth, error.length));
  }

  private double[][] rows(double[] flat, int first, int rows) {
    int columns = shares.length - 1;
    return IntStream.range(0, rows)
        .mapToObj(r -> Arrays.copyOfRange(flat, first + r * columns, first + (r + 1) * columns))
        .toArray(double[][]::new);
  }

  /** Lattice frame, volume frame, eigenvalues, the largest first. */
  private double[] flat(double[][] onsager, double[][] factors) {
    int n = shares.length;
    double[][] lattice = new double[n][n - 1];
    for (int i = 0; i < n; i++) {
      double all = Arrays.stream(onsager[i]).sum();
      for (int j = 0; j < n - 1; j++) {
        for (int k = 0; k < n - 1; k++) {
          lattice[i][j] += (onsager[i][k] - shares[k] * all) * factors[k][j];
        }
      }
    }
    double[][] volume = new double[n - 1][n - 1];
    for (int i = 0; i < n - 1; i++) {
      for (int j = 0; j < n - 1; j++) {
        volume[i][j] = lattice[i][j];
        for (int a = 0; a < n; a++) {
          volume[i][j] -= shares[i] * lattice[a][j];
        }
      }
    }
    DoubleStream frames =
        Stream.concat(Arrays.stream(lattice), Arrays.stream(volume))
            .flatMapToDouble(Arrays::stream);
    return DoubleStream.concat(frames, Arrays.stream(eigenvalues(volume))).toArray();
  }

  /** Real, as those of a product of symmetric matrices one of which is positive. */
  private static double[] eigenvalues(double[][] matrix) {
    if (Arrays.stream(matrix).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN)) {
      return IntStream.range(0, matrix.length).mapToDouble(i -> Double.NaN).toArray();
    }
    double scale =
        Arrays.stream(matrix).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    double unit = scale > 0 ? scale : 1;
    double[][] scaled =
        Arrays.stream(matrix)
            .map(row -> Arrays.stream(row).map(v -> v / unit).toArray())
            .toArray(double[][]::new);
    Complex[] found =
        new EigenDecompositionNonSymmetric(new Array2DRowRealMatrix(scaled)).getEigenvalues();
    double[] ascending =
        Arrays.stream(found)
            .mapToDouble(
                v -> Math.abs(v.getImaginary()) <= ROUNDING ? unit * v.getReal() : Double.NaN)
            .sorted()
            .toArray();
    return IntStream.range(0, ascending.length)
        .mapToDouble(i -> ascending[ascending.length - 1 - i])
        .toArray();
  }
}
