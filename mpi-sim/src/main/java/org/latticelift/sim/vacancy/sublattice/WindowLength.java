package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;

/**
 * How long the windows of a cycle are.
 *
 * @param unit in which it is given
 * @param value positive
 */
record WindowLength(Unit unit, double value) {
  /** What a window is a multiple of. */
  enum Unit {
    SECOND,
    /** Of a vacancy until its next jump, by the sum of all rates. */
    MEAN_WAIT,
    /** {@link TypicalWait}. */
    TYPICAL_WAIT
  }

  /**
   * The window by the rates of the moment; collective, and the same on any number of ranks.
   *
   * @param vacancies of the whole lattice
   * @param kelvin for messages
   * @return s
   * @throws LatticeLiftException if it is to be chosen from rates that are zero or not finite
   */
  double seconds(SublatticeSimulator simulator, Communicator ranks, long vacancies, double kelvin) {
    switch (unit) {
      case SECOND:
        return value;
      case MEAN_WAIT:
        return value * vacancies / required(RateSum.of(simulator, ranks), kelvin);
      default:
        return value / required(1 / TypicalWait.of(simulator, ranks), kelvin);
    }
  }

  private static double required(double rate, double kelvin) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw LatticeLiftException.numerical(
          "the total rate is " + rate + ", so no window can be chosen",
          "temperature " + kelvin + " K",
          "a positive, finite rate",
          "Check that there are vacancies and that they can move");
    }
    return rate;
  }
}
