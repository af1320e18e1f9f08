package org.latticelift.learn.certificate;

import org.hipparchus.linear.RealMatrix;
import org.latticelift.learn.sde.SdeModel;

/**
 * The symmetry of a drift whose mirror image is as probable: of a variable that changes its sign it
 * has the terms that do, of another those that do not.
 *
 * @param sign of each variable
 * @param fixed scaled value of each that its mirror image is about
 */
record Mirror(int[] sign, double[] fixed) {
  /**
   * @param signs of the observables, or empty where there is no mirror image
   */
  static Mirror of(SdeModel model, int[] signs) {
    int[] independent = model.map().independent();
    int[] sign = new int[independent.length];
    double[] fixed = new double[sign.length];
    for (int i = 0; i < sign.length; i++) {
      sign[i] = independent[i] < signs.length ? signs[independent[i]] : 1;
      fixed[i] = model.scaling().toScaled(i, 0);
    }
    return new Mirror(sign, fixed);
  }

  /** Puts the centre of what changes its sign where the mirror is. */
  void centre(double[] centre) {
    for (int i = 0; i < sign.length; i++) {
      centre[i] = sign[i] < 0 ? fixed[i] : centre[i];
    }
  }

  /** Moments of all terms without those that one variable may not have. */
  RealMatrix allowed(RealMatrix moments, DriftTerms terms, int variable) {
    RealMatrix own = moments.copy();
    for (int a = 0; a < terms.count(); a++) {
      for (int b = 0; b < terms.count() && terms.sign(a, sign) != sign[variable]; b++) {
        own.setEntry(a, b, 0);
        own.setEntry(b, a, 0);
      }
    }
    return own;
  }
}
