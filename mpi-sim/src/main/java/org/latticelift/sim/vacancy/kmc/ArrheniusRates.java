package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.BarrierModel;

/**
 * Barriers to rates (AL-40), kept as float in units of exp(-1 eV/(k_B T)).
 *
 * <p>The unit centres the range: with an attempt frequency of 1e13 1/s a float holds, with full
 * precision, barriers from -0.27 to 3.5 eV at 250 K and more at higher temperatures.
 */
final class ArrheniusRates {
  /** Boltzmann constant, eV/K (AL-40). */
  static final double BOLTZMANN = 8.617333e-5;

  static final double LOWEST_KELVIN = 250;
  static final double HIGHEST_KELVIN = 5000;
  private static final double REFERENCE = 1.0;

  private final double kT;
  private final double[] frequency = new double[256];
  private final double unit;

  ArrheniusRates(BarrierModel model, double kelvin) {
    if (!(kelvin >= LOWEST_KELVIN && kelvin <= HIGHEST_KELVIN)) {
      throw LatticeLiftException.badData(
          "temperature " + kelvin + " K is outside the range of the rates",
          "conditions.temperature_K",
          LOWEST_KELVIN + " to " + HIGHEST_KELVIN + " K",
          "Choose a temperature within the range");
    }
    kT = BOLTZMANN * kelvin;
    unit = StrictMath.exp(-REFERENCE / kT);
    Arrays.fill(frequency, Double.NaN);
    for (int s = 1; s <= model.species(); s++) {
      frequency[s] = model.attemptFrequency(s);
    }
  }

  /** What one unit of a stored rate is, 1/s. */
  double unit() {
    return unit;
  }

  /**
   * The stored rate of one hop.
   *
   * @param species of the moving atom; a species unknown to the model gives NaN
   * @param barrier eV, positive infinity where the hop is blocked
   */
  float rate(int species, float barrier) {
    if (barrier == Float.POSITIVE_INFINITY) {
      return 0;
    }
    return (float) (frequency[species] * RateExp.of((REFERENCE - barrier) / kT));
  }

  /** Replaces the barriers of the hops of one vacancy by rates. */
  void replace(byte[] environment, int at, int[] target, float[] values, int from) {
    for (int d = 0; d < target.length; d++) {
      values[from + d] = rate(environment[at + target[d]] & 0xff, values[from + d]);
    }
  }
}
