package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;

/**
 * The typical waiting time until a vacancy jumps: the geometric mean over those that can move, with
 * the same bits for any number of ranks, since logarithms are rounded to multiples of 2^-24 and
 * summed as integers. At low temperature rates differ by many powers of ten, and a few vacancies
 * that flicker make nearly all jumps: the mean waiting time is theirs, changes from moment to
 * moment, and is far shorter than what the others take.
 */
final class TypicalWait {
  private static final int BITS = 24;

  private long logarithms;
  private long vacancies;

  private TypicalWait() {}

  /** Collective; s, infinite if no vacancy can move. */
  static double of(SublatticeSimulator simulator, Communicator ranks) {
    TypicalWait own = new TypicalWait();
    simulator.visit(own::add);
    long[] sum = {own.logarithms, own.vacancies};
    ranks.allReduce(sum, Reduction.SUM);
    return sum[1] == 0
        ? Double.POSITIVE_INFINITY
        : StrictMath.exp(-Math.scalb((double) sum[0] / sum[1], -BITS));
  }

  private void add(VacancyKernel block) {
    for (int v = 0; v < block.vacancyCount(); v++) {
      double rate = block.exitRate(v);
      if (rate > 0) {
        logarithms += Math.round(Math.scalb(StrictMath.log(rate), BITS));
        vacancies++;
      }
    }
  }
}
