package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;

/**
 * Finite-size scaling: near a critical point a quantity y of side L at condition t follows y = L^-b
 * f((t - t_c) L^a) with one function f for all sides (PT-59), so that points of all sides lie on
 * one curve where b and a are the true exponents.
 */
record Collapse(
    @Default("1") @Doc("exponent of the size that multiplies the distance from `at`: 1/nu")
        double condition,
    @Default("0") @Doc("exponent of the size that multiplies the quantity: beta/nu, -gamma/nu")
        double quantity) {
  /** Scaled distance from the critical condition. */
  double x(double size, double value, double at) {
    return (value - at) * Math.pow(size, condition);
  }

  double factor(double size) {
    return Math.pow(size, quantity);
  }

  Points scaled(double size, Points points, double at) {
    double[] x = points.x().clone();
    List<Measured> y = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      x[i] = x(size, x[i], at);
      y.add(points.y().get(i).times(factor(size)));
    }
    return new Points(x, y);
  }

  /** The scaled points of all sizes, one size after the other. */
  Points all(Map<Double, Points> sizes, double at) {
    List<Double> x = new ArrayList<>();
    List<Measured> y = new ArrayList<>();
    sizes.forEach(
        (size, points) -> {
          Points of = scaled(size, points, at);
          for (double each : of.x()) {
            x.add(each);
          }
          y.addAll(of.y());
        });
    return new Points(x.stream().mapToDouble(Double::doubleValue).toArray(), y);
  }

  /** How far points lie from one curve. */
  static double spread(double[] x, double[] y, int degree) {
    Polynomial curve = Polynomial.fit(x, y, degree);
    double squares = 0;
    double magnitude = 0;
    for (int i = 0; i < x.length; i++) {
      squares += Math.pow(y[i] - curve.value(x[i]), 2);
      magnitude += Math.abs(y[i]);
    }
    return Math.sqrt(squares * x.length) / magnitude;
  }
}
