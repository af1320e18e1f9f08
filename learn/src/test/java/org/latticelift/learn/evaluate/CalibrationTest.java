package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.learn.evaluate.Calibration.PairCalibration;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.Architectures;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

final class CalibrationTest {
  private static final double KAPPA = 8;

  /** Drift -z and the constant diffusion matrix ((1, 0), (0.5, 0.2)). */
  private static final class LinearKernel implements SdeKernel {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public int block() {
      return 7;
    }

    @Override
    public void evaluate(int count, float[][] z, float[][] drift, float[][] sigma) {
      for (int i = 0; i < count; i++) {
        drift[0][i] = -z[0][i];
        drift[1][i] = -z[1][i];
        sigma[0][i] = 1;
        sigma[1][i] = 0;
        sigma[2][i] = 0.5f;
        sigma[3][i] = 0.2f;
      }
    }
  }

  @Test
  void pairsOfTheModelItselfAreCalibrated() {
    Calibration found = calibration(KAPPA, 1);
    assertThat(found.ratio()).isCloseTo(1, within(0.03));
    // r' A^-1 r is chi-squared with d = 2 degrees of freedom: variance 2d
    assertThat(found.error()).isCloseTo(1 / Math.sqrt(20_000), within(0.0005));
    assertThat(found.pairs()).isEqualTo(20_000);
  }

  @Test
  void aCovarianceThatIsHalfTooSmallGivesTwo() {
    assertThat(calibration(KAPPA / 2, 1).ratio()).isCloseTo(2, within(0.06));
    assertThat(calibration(KAPPA, 1 / Math.sqrt(2)).ratio()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void theQuadraticFormOfAKnownMatrix() {
    // A = (4 2; 2 3), r = (1, 2): r' A^-1 r = (3 - 8 + 16) / 8
    double value = Calibration.quadratic(new double[] {4, 0, 2, 3}, new double[] {1, 2}, 2);
    assertThat(value).isCloseTo(11 / 8.0, within(1e-14));
    assertThat(Calibration.quadratic(new double[] {1, 0, 2, 3}, new double[] {1, 2}, 2)).isNaN();
  }

  /** The drift is -z: of ten states on a line the five next to zero, in more blocks than one. */
  @Test
  void constantNoiseAfterAPolynomialIsJudgedInEquilibrium() {
    double[] start = new double[20];
    for (int i = 0; i < 10; i++) {
      start[2 * i] = (i * 7 % 10) - 4.6;
      start[2 * i + 1] = -0.1;
    }
    SdeArchitecture constant = Architectures.networks().get(5);
    SdeArchitecture equation = Architectures.all().get(10);
    assertThat(PairCalibration.judged(equation, new LinearKernel(), start))
        .containsExactly(1, 2, 5, 8, 9);
    assertThat(PairCalibration.judged(constant, new LinearKernel(), start)).hasSize(10);
    assertThat(PairCalibration.judged(Architectures.all().get(8), new LinearKernel(), start))
        .hasSize(10);
  }

  @Test
  void withoutPairsThereIsNone() {
    assertThat(
            Calibration.of(
                new LinearKernel(),
                new double[0],
                new double[0],
                new double[0],
                CovarianceFactors.uniform(1, 1)))
        .isEqualTo(Calibration.NONE);
  }

  private static Calibration calibration(double kappa, double noise) {
    int n = 20_000;
    RandomStream stream = new Streams(3).stream(Purpose.CHECK, 1);
    double[] z0 = new double[2 * n];
    double[] z1 = new double[2 * n];
    double[] dt = new double[n];
    for (int i = 0; i < n; i++) {
      dt[i] = 1e-3 * (0.5 + stream.uniform());
      double scale = noise * Math.sqrt(KAPPA * dt[i]);
      double w0 = scale * stream.normal();
      double w1 = scale * stream.normal();
      z0[2 * i] = stream.normal();
      z0[2 * i + 1] = stream.normal();
      z1[2 * i] = z0[2 * i] * (1 - dt[i]) + w0;
      z1[2 * i + 1] = z0[2 * i + 1] * (1 - dt[i]) + 0.5 * w0 + 0.2 * w1;
    }
    return Calibration.of(
        new LinearKernel(),
        z0,
        z1,
        dt,
        CovarianceFactors.uniform(kappa, new LinearKernel().dimension()));
  }
}
