package org.latticelift.learn.barrierfit;

import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/** For each canonical position the one with x and y exchanged (AL-23). */
final class ExchangedAxes {
  private static final double TOLERANCE = 1e-6;

  private ExchangedAxes() {}

  static int[] of(Crystal crystal) {
    EnvironmentGeometry geometry = crystal.environment(0);
    double[][] at = new double[geometry.sites()][];
    Arrays.setAll(at, k -> crystal.spec().fractional(0, geometry.offset(k)));
    int[] exchanged = new int[at.length];
    Arrays.setAll(exchanged, k -> find(at, at[k][1], at[k][0], at[k][2], crystal));
    return exchanged;
  }

  private static int find(double[][] at, double x, double y, double z, Crystal crystal) {
    for (int k = 0; k < at.length; k++) {
      double distance = Math.abs(at[k][0] - x) + Math.abs(at[k][1] - y) + Math.abs(at[k][2] - z);
      if (distance < TOLERANCE) {
        return k;
      }
    }
    throw LatticeLiftException.badData(
        "the order 'nnk' does not exist for crystal " + crystal.name(),
        "barrier.order",
        "authors",
        "Use the order authors");
  }
}
