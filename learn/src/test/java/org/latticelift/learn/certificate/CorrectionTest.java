package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Corrections from residuals whose states lie about different centres. */
class CorrectionTest {
  private static Residuals residuals(double centre, double constant, double slope) {
    double[] one = {1};
    return new Residuals(
        DriftTerms.straight(1),
        new double[][] {{constant, slope}},
        new double[][][] {{{0.01, 0.002}, {0.002, 0.04}}},
        one,
        one,
        one,
        new double[] {centre},
        new double[] {-10},
        new double[] {10});
  }

  /** What both drifts miss differs by the same at every state, wherever either was fitted. */
  @Test
  void aFitIsMovedToTheOtherCentre() {
    Residuals own = residuals(0.2, 1, 2);
    Residuals other = residuals(0.7, 3, 2.5);
    Correction correction = CorrectionEstimate.drift(other, own).best();
    Correction misfit = CorrectionEstimate.misfit(other, own).best();
    for (double z : new double[] {-1, 0, 0.7, 3}) {
      double[] offset = new double[1];
      correction.offset(new double[] {z}, offset);
      double[] terms = {1, offset[0]};
      double missedByOther = 3 + 2.5 * (z - 0.7);
      double missedByOwn = 1 + 2 * (z - 0.2);
      assertThat(correction.delta(0, terms))
          .as("at %s", z)
          .isCloseTo(missedByOther - missedByOwn, within(1e-12));
      assertThat(misfit.delta(0, terms)).as("at %s", z).isCloseTo(missedByOther, within(1e-12));
    }
  }

  /** The error of a slope is one of the constant at a centre half a unit away. */
  @Test
  void soIsItsCovariance() {
    double[][][] covariance =
        CorrectionEstimate.drift(residuals(0.7, 3, 2.5), residuals(0.2, 1, 2)).covariance();
    assertThat(covariance[0][0][0])
        .isCloseTo(0.01 + 0.01 + 2 * 0.5 * 0.002 + 0.25 * 0.04, within(1e-12));
    assertThat(covariance[0][0][1]).isCloseTo(0.002 + 0.002 + 0.5 * 0.04, within(1e-12));
    assertThat(covariance[0][1][1]).isCloseTo(0.08, within(1e-12));
  }
}
