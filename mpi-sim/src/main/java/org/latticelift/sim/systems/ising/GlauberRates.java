package org.latticelift.sim.systems.ising;

import org.latticelift.io.error.LatticeLiftException;

/** The flip rate of every class, w = 1/(1 + exp(dH/T)) (IS-03, ME-84); k_B = 1, J = 1. */
public final class GlauberRates {
  private static final double WHOLE = 0x1p63;

  private final double temperature;
  private final double field;
  private final double[] rate = new double[SiteClass.CODES];
  private final long[] threshold = new long[SiteClass.CODES];
  private final double largest;

  /**
   * For a temperature and a field.
   *
   * @param temperature T in units of J, positive
   * @param field h in units of J
   */
  public GlauberRates(double temperature, double field) {
    if (!(temperature > 0) || Double.isInfinite(temperature) || !Double.isFinite(field)) {
      throw LatticeLiftException.badData(
          "temperature " + temperature + " with field " + field,
          "Ising model",
          "a positive temperature and a finite field",
          "Correct the values");
    }
    this.temperature = temperature;
    this.field = field;
    double most = 0;
    for (int c = 0; c < SiteClass.FROZEN; c++) {
      if (SiteClass.upNeighbours(c) <= SiteClass.NEIGHBOURS) {
        rate[c] = 1 / (1 + StrictMath.exp(energyChange(c) / temperature));
        most = Math.max(most, rate[c]);
      }
    }
    largest = most;
    for (int c = 0; c < SiteClass.FROZEN; c++) {
      threshold[c] = (long) (rate[c] / largest * WHOLE);
    }
  }

  /** 2 s (sum of the neighbours + h). */
  private double energyChange(int code) {
    int neighbours = 2 * SiteClass.upNeighbours(code) - SiteClass.NEIGHBOURS;
    return 2 * (SiteClass.isUp(code) ? 1 : -1) * (neighbours + field);
  }

  /**
   * Temperature.
   *
   * @return T / J
   */
  public double temperature() {
    return temperature;
  }

  /**
   * Field.
   *
   * @return h / J
   */
  public double field() {
    return field;
  }

  /** Rate per class, 0 for frozen ones. */
  double[] rates() {
    return rate;
  }

  /** Rate over the largest rate per class, on a scale where 2^63 is 1. */
  long[] thresholds() {
    return threshold;
  }

  /** The largest rate. */
  double largest() {
    return largest;
  }

  /** Sum of all rates, in an order that is the same everywhere. */
  static double total(long[] count, double[] rate) {
    double down =
        (count[0] * rate[0] + count[1] * rate[1])
            + (count[2] * rate[2] + count[3] * rate[3])
            + count[4] * rate[4];
    double up =
        (count[8] * rate[8] + count[9] * rate[9])
            + (count[10] * rate[10] + count[11] * rate[11])
            + count[12] * rate[12];
    return down + up;
  }
}
