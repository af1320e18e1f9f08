package org.latticelift.learn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.learn.kernel.TileFactories.PlainTile;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/** The law of the noise, against what a normal distribution says. */
class NormalNumbersTest {
  private static final int LANES = 48;

  @Test
  void theGeneratorIsXoshiro128PlusPlus() {
    int[] seed = {0x12345678, -5, 77, 1 << 31};
    var reference = RandomSource.XO_SHI_RO_128_PP.create(seed);
    int[] state = seed.clone();
    for (int i = 0; i < 1000; i++) {
      assertThat(NormalNumbers.next(state, 1, 0)).isEqualTo(reference.nextInt());
    }
  }

  @Test
  void functionsAreAccurateToAFewUnitsInTheLastPlace() {
    for (int i = 1; i < 200_000; i++) {
      float u = (float) Math.exp(-22.0 * i / 200_000);
      float log = TileMath.minusTwoLog(u);
      assertThat(Math.abs(log + 2 * Math.log(u))).isLessThan(4 * Math.ulp(log));
      float x = (float) (Math.PI / 4 * (i / 100_000.0 - 1));
      assertThat(Math.abs(TileMath.sin(x) - Math.sin(x))).isLessThan(2 * Math.ulp(x));
      assertThat(Math.abs(TileMath.cos(x) - Math.cos(x))).isLessThan(2 * Math.ulp(1f));
      float y = i * 1e-3f - 85;
      float soft = TileMath.softplus(y);
      double exact = Math.max(y, 0) + Math.log1p(Math.exp(-Math.abs((double) y)));
      assertThat(Math.abs(soft - exact)).isLessThan(4 * Math.ulp(soft));
    }
    assertThat(TileMath.minusTwoLog(1)).isZero();
    assertThat(TileMath.softplus(-200)).isBetween(0f, 1e-37f);
    assertThat(TileMath.softplus(1e30f)).isEqualTo(1e30f);
    assertThat(TileMath.softplus(Float.NaN)).isNaN();
  }

  /** Three million numbers; every bound is 4.5 standard errors of the statistic. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void momentsTailsAndCorrelations(boolean plain) {
    TileArithmetic arithmetic = plain ? new PlainTile(LANES) : TileFactories.fastest().wide();
    int lanes = arithmetic.lanes();
    int[] state = new int[NormalNumbers.WORDS * lanes];
    for (int lane = 0; lane < lanes; lane++) {
      NormalNumbers.seed(new Streams(8).stream(Purpose.CHECK, lane), state, lanes, lane);
    }
    int rows = 200;
    int fills = 3_000_000 / rows / lanes;
    float[] m = new float[rows * lanes];
    double[] sum = new double[5];
    double[] tail = new double[5];
    double[] product = new double[3];
    int[] bin = new int[40];
    for (int f = 0; f < fills; f++) {
      arithmetic.normals(state, m, 0, rows / 2, 2f);
      for (int i = 0; i < m.length; i++) {
        double x = m[i] / 2;
        for (int k = 1; k < 5; k++) {
          sum[k] += Math.pow(x, k);
          tail[k] += Math.abs(x) > k ? 1 : 0;
        }
        bin[(int) Math.max(0, Math.min(39, Math.floor(20 + 8 * x)))]++;
        product[0] += i % lanes > 0 ? x * m[i - 1] / 2 : 0;
        product[1] += i >= lanes ? x * m[i - lanes] / 2 : 0;
        product[2] += i >= lanes ? x * x * m[i - lanes] * m[i - lanes] / 4 - 1 : 0;
      }
    }
    double n = (double) fills * m.length;
    assertThat(sum[1] / n).isCloseTo(0, within(4.5 / Math.sqrt(n)));
    assertThat(sum[2] / n).isCloseTo(1, within(4.5 * Math.sqrt(2 / n)));
    assertThat(sum[3] / n).isCloseTo(0, within(4.5 * Math.sqrt(15 / n)));
    assertThat(sum[4] / n).isCloseTo(3, within(4.5 * Math.sqrt(96 / n)));
    double[] beyond = {1, 0.3173105, 0.0455003, 0.0026998, 6.33425e-5};
    for (int k = 1; k < 5; k++) {
      double error = 4.5 * Math.sqrt(beyond[k] / n);
      assertThat(tail[k] / n).isCloseTo(beyond[k], within(error));
    }
    for (double p : product) {
      assertThat(p / n).isCloseTo(0, within(4.5 * Math.sqrt(8 / n)));
    }
    assertThat(chiSquare(bin, n)).isLessThan(39 + 4.5 * Math.sqrt(2 * 39));
  }

  private static double chiSquare(int[] bin, double n) {
    var normal = new org.hipparchus.distribution.continuous.NormalDistribution();
    double chi = 0;
    for (int b = 0; b < bin.length; b++) {
      double low = b == 0 ? 0 : normal.cumulativeProbability((b - 20) / 8.0);
      double high = b == 39 ? 1 : normal.cumulativeProbability((b - 19) / 8.0);
      double expected = n * (high - low);
      chi += (bin[b] - expected) * (bin[b] - expected) / expected;
    }
    return chi;
  }
}
