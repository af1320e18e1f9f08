package org.latticelift.learn.certificate;

import java.util.Arrays;
import org.latticelift.learn.certificate.DriftTerms.Mirror;
import org.latticelift.learn.sde.SdeModel;

/**
 * Where late values live, in the scaled variables of a model: what a correction is there is all
 * that matters to them. Increments elsewhere, such as those of the beginning of runs, would bend a
 * straight fit, so each counts with exp(-D^2/(2 W^2)), D its distance from the late mean in late
 * deviations.
 *
 * @param centre late means, d
 * @param deviation late deviations, d; not finite: everything counts alike in that direction
 * @param width W
 */
record Neighbourhood(double[] centre, double[] deviation, double width) {
  /** Half of the weight of normally distributed late states stays, of others nearly nothing. */
  private static final double WIDTH = 2;

  /** A fit does not reach farther than so many widths. */
  private static final double REACH = 2;

  static Neighbourhood everywhere(int variables) {
    double[] infinite = new double[variables];
    Arrays.fill(infinite, Double.POSITIVE_INFINITY);
    return new Neighbourhood(new double[variables], infinite, WIDTH);
  }

  /** Around late values ({@code late}: of the trained variables and others, physical units). */
  static Neighbourhood of(EquilibriumShift late, SdeModel model) {
    int[] independent = model.map().independent();
    double[] centre = new double[independent.length];
    double[] deviation = new double[independent.length];
    for (int i = 0; i < centre.length; i++) {
      centre[i] = model.scaling().toScaled(i, late.mean(independent[i]));
      double known = late.deviation(independent[i]) / model.scaling().deviation()[i];
      deviation[i] = known > 0 ? known : Double.POSITIVE_INFINITY;
    }
    return around(centre, deviation);
  }

  static Neighbourhood around(double[] centre, double[] deviation) {
    return new Neighbourhood(centre, deviation, WIDTH);
  }

  Neighbourhood mirrored(Mirror mirror) {
    double[] middle = centre.clone();
    double[] wide = deviation.clone();
    for (int i = 0; i < middle.length; i++) {
      if (mirror.sign()[i] < 0) {
        middle[i] = mirror.fixed()[i];
        wide[i] = Math.hypot(deviation[i], centre[i] - middle[i]);
      }
    }
    return new Neighbourhood(middle, wide, width);
  }

  Neighbourhood wider() {
    return new Neighbourhood(centre, deviation, 2 * width);
  }

  double[] weights(Increments increments) {
    int d = centre.length;
    double[] weights = new double[increments.count()];
    for (int k = 0; k < weights.length; k++) {
      double square = 0;
      for (int i = 0; i < d; i++) {
        double off = (increments.state()[k * d + i] - centre[i]) / (width * deviation[i]);
        square += off * off;
      }
      weights[k] = Math.exp(-square / 2);
    }
    return weights;
  }

  /** So many equal weights would say as much. */
  static double effective(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return sum * sum / Arrays.stream(weights).map(w -> w * w).sum();
  }

  /** What a fit in one direction reaches down to. */
  double low(int variable) {
    return centre[variable] - REACH * width * deviation[variable];
  }

  double high(int variable) {
    return centre[variable] + REACH * width * deviation[variable];
  }
}
