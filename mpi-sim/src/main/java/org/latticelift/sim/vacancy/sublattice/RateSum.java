package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Extremum;
import org.latticelift.sim.parallel.communicator.Reduction;

/**
 * The total rate over all ranks with the same bits for any number of them: block rates are rounded
 * to integers in a common unit, 2^-40 of the largest, and integers are summed.
 */
final class RateSum {
  private static final int BITS = 40;

  private RateSum() {}

  /** Collective; 1/s. */
  static double of(SublatticeSimulator simulator, Communicator ranks) {
    double[] largest = {0};
    simulator.visit(block -> largest[0] = Math.max(largest[0], block.totalRate()));
    ranks.allReduce(largest, Extremum.MAX);
    if (!(largest[0] > 0)) {
      return 0;
    }
    int shift = BITS - Math.getExponent(largest[0]);
    long[] sum = {0};
    simulator.visit(block -> sum[0] += Math.round(Math.scalb(block.totalRate(), shift)));
    ranks.allReduce(sum, Reduction.SUM);
    return Math.scalb((double) sum[0], -shift);
  }
}
