package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.junit.jupiter.api.Test;

class DriftTermsTest {
  private static double sum(DriftTerms terms, double[] coefficients, double... offset) {
    double sum = 0;
    for (int p = 0; p < terms.count(); p++) {
      sum += coefficients[p] * terms.value(p, offset);
    }
    return sum;
  }

  @Test
  void aboutAnotherCentreTheSumIsTheSame() {
    DriftTerms terms = DriftTerms.of(new int[] {-1, 1});
    double[] coefficients = {0.3, -0.7, 0.2, 1.1, -0.4, 0.9, 0.6};
    assertThat(coefficients).hasSize(terms.count());
    double[] by = {0, 0.8}; // what changes its sign keeps its centre
    double[] moved = new Array2DRowRealMatrix(terms.moved(by)).operate(coefficients);
    for (double[] z : new double[][] {{0, 0}, {1, 2}, {-0.5, 0.3}, {2, -1}}) {
      assertThat(sum(terms, moved, z))
          .isCloseTo(sum(terms, coefficients, z[0] + by[0], z[1] + by[1]), within(1e-12));
    }
  }

  @Test
  void aMirrorImageHasTwoLateMeansAndMoreTerms() {
    int[] sign = {-1, 1};
    DriftTerms terms = DriftTerms.of(sign);
    assertThat(terms.factors())
        .isDeepEqualTo(new int[][] {{}, {0}, {1}, {0, 0}, {0, 1}, {1, 1}, {0, 0, 0}});
    for (int p = 0; p < terms.count(); p++) {
      double value = terms.value(p, new double[] {0.3, 0.7});
      assertThat(terms.value(p, new double[] {-0.3, 0.7})).isEqualTo(terms.sign(p, sign) * value);
    }
    assertThat(DriftTerms.of(new int[] {1, 1, 1}).count()).as("about one mean").isEqualTo(4);
  }
}
