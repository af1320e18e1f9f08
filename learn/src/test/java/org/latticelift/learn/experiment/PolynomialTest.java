package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PolynomialTest {
  private static final double[] SCAN = {2.25, 2.26, 2.27, 2.28, 2.29};

  /** PT-64: least squares in numbers that are not small, as PT-57 has them. */
  @Test
  void slopesOfThePublishedCumulants() {
    double[][] cumulants = {
      {0.62435, 0.61618, 0.60996, 0.60658, 0.59761},
      {0.62775, 0.62282, 0.60955, 0.59768, 0.58307},
      {0.63725, 0.62918, 0.60863, 0.59166, 0.56436},
      {0.64311, 0.63371, 0.60335, 0.57644, 0.53642}
    };
    assertThat(Polynomial.fit(SCAN, cumulants[0], 1).slope(2.269)).isCloseTo(-0.6307, within(1e-3));
    assertThat(Polynomial.fit(SCAN, cumulants[1], 3).slope(2.269)).isCloseTo(-1.277, within(2e-3));
    assertThat(Polynomial.fit(SCAN, cumulants[2], 3).slope(2.269)).isCloseTo(-1.843, within(2e-3));
    assertThat(Polynomial.fit(SCAN, cumulants[3], 3).slope(2.269)).isCloseTo(-2.844, within(2e-3));
  }

  @Test
  void aPolynomialIsFound() {
    double[] y = Arrays.stream(SCAN).map(x -> 3 - 2 * x + 7 * x * x).toArray();
    Polynomial found = Polynomial.fit(SCAN, y, 2);
    assertThat(found.value(2.2)).isCloseTo(3 - 2 * 2.2 + 7 * 2.2 * 2.2, within(1e-8));
    assertThat(found.slope(2.3)).isCloseTo(-2 + 14 * 2.3, within(1e-7));
  }

  @Test
  void crossingsAreWhereCurvesMeetOnce() {
    double[] rising = Arrays.stream(SCAN).map(x -> x - 2.2731).toArray();
    double[] falling = Arrays.stream(SCAN).map(x -> 2.2731 - x).toArray();
    double[] far = Arrays.stream(SCAN).map(x -> 5 + x).toArray();
    double[] twice = Arrays.stream(SCAN).map(x -> (x - 2.265) * (x - 2.275)).toArray();
    double[] zero = new double[5];
    Polynomial one = Polynomial.fit(SCAN, rising, 2);
    assertThat(one.crossing(Polynomial.fit(SCAN, falling, 1), 2.25, 2.29))
        .isCloseTo(2.2731, within(1e-9));
    assertThat(one.crossing(Polynomial.fit(SCAN, far, 1), 2.25, 2.29)).isNaN();
    assertThat(Polynomial.fit(SCAN, twice, 2).crossing(Polynomial.fit(SCAN, zero, 1), 2.25, 2.29))
        .isNaN();
  }
}
