package org.latticelift.sim.vacancy.kmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.kmc.ArrheniusRates.RateExp;

class RateExpTest {
  private static final double ULP = 0x1p-52;

  @Test
  void agreesWithTheLibraryOverTheWholeRange() {
    RandomStream random = new Streams(1).stream(Purpose.BENCHMARK);
    double worst = 0;
    for (int i = 0; i < 200_000; i++) {
      double x = (2 * random.uniform() - 1) * (i % 2 == 0 ? RateExp.LIMIT : 5);
      worst = Math.max(worst, Math.abs(RateExp.of(x) / StrictMath.exp(x) - 1));
    }
    assertTrue(worst < 4 * ULP, "largest relative difference " + worst);
  }

  /** The library may be off by nearly one unit itself. */
  @Test
  void agreesWithTheSeries() {
    for (double x : new double[] {-1.5, -0.34, -1e-3, 0.1, 0.34657, 0.7, 2.25}) {
      BigDecimal term = BigDecimal.ONE;
      BigDecimal sum = term;
      for (int n = 1; n < 40; n++) {
        term =
            term.multiply(new BigDecimal(x)).divide(BigDecimal.valueOf(n), MathContext.DECIMAL128);
        sum = sum.add(term);
      }
      double relative =
          new BigDecimal(RateExp.of(x))
              .divide(sum, MathContext.DECIMAL128)
              .subtract(BigDecimal.ONE)
              .doubleValue();
      assertEquals(0, relative, 2 * ULP, "x = " + x);
    }
  }

  @Test
  void limitsAndKeepsWhatIsNoNumber() {
    assertEquals(1.0, RateExp.of(0));
    assertEquals(0f, (float) RateExp.of(-1e6));
    assertEquals(Float.POSITIVE_INFINITY, (float) RateExp.of(1e6));
    assertTrue(Double.isNaN(RateExp.of(Double.NaN)));
  }
}
