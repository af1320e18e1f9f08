package org.latticelift.sim.systems.curieweiss;

/**
 * Flip rates w = 1/(1 + exp(dH/T)), dH = 2 s [(S - s)/n + h], as tables over the number of up spins
 * of the n coupled ones (CW-03). k_B = 1.
 */
final class MeanFieldRates {
  private final double[] up;
  private final double[] down;

  /**
   * @param spins number n of coupled spins
   * @param temperature T
   * @param field h
   */
  MeanFieldRates(int spins, double temperature, double field) {
    up = new double[spins + 1];
    down = new double[spins + 1];
    for (int ups = 0; ups <= spins; ups++) {
      double total = 2.0 * ups - spins;
      up[ups] = rate(2 * ((total - 1) / spins + field) / temperature);
      down[ups] = rate(-2 * ((total + 1) / spins + field) / temperature);
    }
  }

  private static double rate(double change) {
    return 1 / (1 + StrictMath.exp(change));
  }

  /** Rate of an up spin where this many are up. */
  double up(int ups) {
    return up[ups];
  }

  /** Rate of a down spin where this many are up. */
  double down(int ups) {
    return down[ups];
  }
}
