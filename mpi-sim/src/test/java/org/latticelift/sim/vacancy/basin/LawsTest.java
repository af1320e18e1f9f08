package org.latticelift.sim.vacancy.basin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.basin.BinomialLaw.PoissonLaw;
import org.latticelift.sim.vacancy.basin.BinomialLaw.SaddlePoint;
import org.latticelift.sim.vacancy.basin.PathFactorisation.GammaLaw;

class LawsTest {
  private final RandomStream stream = new Streams(1).stream(Purpose.CHECK, 40);

  @Test
  void poissonNumbersHaveTheirProbabilities() {
    for (double mean : new double[] {0.01, 0.7, 3.2, 9.99, 10, 10.4, 37, 412}) {
      chiSquare(
          () -> PoissonLaw.draw(mean, stream),
          k -> Math.exp(-mean + k * Math.log(mean) - logFactorial(k)),
          mean,
          mean);
    }
  }

  @Test
  void binomialNumbersHaveTheirProbabilities() {
    for (double p : new double[] {1e-3, 0.04, 0.3, 0.5, 0.62, 0.97}) {
      for (long n : new long[] {1, 2, 5, 30, 400, 12_000}) {
        chiSquare(
            () -> BinomialLaw.draw(n, p, 1 - p, stream),
            k ->
                k > n
                    ? 0
                    : Math.exp(
                        logFactorial(n)
                            - logFactorial(k)
                            - logFactorial(n - k)
                            + k * Math.log(p)
                            + (n - k) * Math.log1p(-p)),
            n * p,
            n * p * (1 - p));
      }
    }
  }

  @Test
  void largeNumbersHaveTheirMoments() {
    for (double mean : new double[] {1e6, 3e10, 7e15}) {
      moments(() -> PoissonLaw.draw(mean, stream), mean, mean);
    }
    for (long n : new long[] {10_000_000L, 1L << 40, 1L << 53}) {
      moments(() -> BinomialLaw.draw(n, 3, 7, stream), 0.3 * n, 0.21 * n);
      moments(() -> BinomialLaw.draw(n, 7, 3, stream), 0.7 * n, 0.21 * n);
      moments(() -> BinomialLaw.draw(n, 50.0 / n, 1, stream), 50, 50);
    }
  }

  @Test
  void certainOutcomesTakeNoNumber() {
    double next = new Streams(1).stream(Purpose.CHECK, 40).uniform();
    assertThat(PoissonLaw.draw(0, stream)).isZero();
    assertThat(BinomialLaw.draw(0, 1, 1, stream)).isZero();
    assertThat(BinomialLaw.draw(9, 0, 1, stream)).isZero();
    assertThat(BinomialLaw.draw(9, 1, 0, stream)).isEqualTo(9);
    assertThat(GammaLaw.draw(0, stream)).isZero();
    assertThat(stream.uniform()).isEqualTo(next);
  }

  @Test
  void countsBeyondExactDoublesAreErrors() {
    assertThatThrownBy(() -> PoissonLaw.draw(1e16, stream)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> PoissonLaw.draw(Double.NaN, stream))
        .isInstanceOf(ArithmeticException.class);
  }

  /** Kolmogorov-Smirnov against the distribution function of a sum of exponential numbers. */
  @Test
  void gammaNumbersHaveTheirDistribution() {
    int draws = 20_000;
    for (int terms : new int[] {1, 2, 4, 5, 9, 60}) {
      double[] x = new double[draws];
      for (int i = 0; i < draws; i++) {
        x[i] = GammaLaw.draw(terms, stream);
      }
      assertThat(Samples.kolmogorov(x, value -> erlang(terms, value)) * Math.sqrt(draws))
          .isLessThan(1.95);
    }
    moments(() -> (long) GammaLaw.draw(1L << 50, stream), 0x1p50, 0x1p50);
  }

  @Test
  void saddlePointEqualsLogFactorials() {
    for (double k = 1; k < 200; k++) {
      for (double mean : new double[] {k / 7, k, k + 0.3, 1.05 * k, 6 * k}) {
        assertThat(SaddlePoint.logPoisson(k, mean))
            .isCloseTo(-mean + k * Math.log(mean) - logFactorial((long) k), within(1e-10));
      }
      assertThat(SaddlePoint.logBinomial(k, 200, 0.3, 0.7))
          .isCloseTo(
              logFactorial(200)
                  - logFactorial((long) k)
                  - logFactorial(200 - (long) k)
                  + k * Math.log(0.3)
                  + (200 - k) * Math.log(0.7),
              within(1e-10));
    }
  }

  private static double erlang(int terms, double x) {
    double term = Math.exp(-x);
    double sum = 0;
    for (int k = 0; k < terms; k++) {
      sum += term;
      term *= x / (k + 1);
    }
    return 1 - sum;
  }

  private static double logFactorial(long n) {
    double sum = 0;
    for (long i = 2; i <= n; i++) {
      sum += Math.log(i);
    }
    return sum;
  }

  /** Numbers within five deviations of the mean, one bin each, tails together. */
  private static void chiSquare(
      LongSupplier draw, LongToDoubleFunction probability, double mean, double variance) {
    int draws = 20_000;
    long low = Math.max(0, (long) (mean - 3 * Math.sqrt(variance)));
    int bins = (int) (6 * Math.sqrt(variance)) + 3;
    double[] expected = new double[bins + 1];
    long[] seen = new long[bins + 1];
    double rest = 1;
    for (int i = 0; i < bins; i++) {
      expected[i] = draws * probability.applyAsDouble(low + i);
      rest -= expected[i] / draws;
    }
    expected[bins] = draws * Math.max(0, rest);
    for (int i = 0; i < draws; i++) {
      long k = draw.getAsLong() - low;
      seen[k >= 0 && k < bins ? (int) k : bins]++;
    }
    assertThat(Samples.chiSquareExcess(seen, expected)).isLessThan(4.5);
  }

  private static void moments(LongSupplier draw, double mean, double variance) {
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double z = (draw.getAsLong() - mean) / Math.sqrt(variance);
      sum += z;
      squares += z * z;
    }
    assertThat(sum / Math.sqrt(draws)).isCloseTo(0, within(4.0));
    assertThat((squares / draws - 1) / Math.sqrt(2.02 / draws)).isCloseTo(0, within(4.5));
  }
}
