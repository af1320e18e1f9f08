package org.latticelift.sim.vacancy.sublattice;

import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Extremum;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;

/**
 * Section {@code direct.parallel}: distributes the lattice over ranks. It starts at random, or from
 * the small lattice of {@code lattice.start}, enlarged as {@code upsample} and {@code relax} say.
 *
 * <p>Bound of the splitting error: with S sites around a vacancy (112) and a share c of empty
 * sites, jumps of others change these sites 2 S c w times on average in a window of w mean waiting
 * times. Only so many jumps can have rates that the exact order of events would not have given.
 * Where vacancies flicker most of these jumps take each other back, and windows may be longer.
 */
public record SublatticeConfig(
    @Default("8")
        @Range(min = BlockGrid.LEAST_EDGE, max = 1024)
        @Doc("cells per block edge; every axis holds an even number of blocks")
        int blockCells,
    @Range(min = 1e-6, max = 1e6)
        @Doc(
            "window of a cycle, in mean waiting times of a vacancy; the smaller the more exact;"
                + " default 1, but with kinetics.acceleration: flicker one typical waiting time")
        Optional<Double> windowMeanWaits,
    @Range(min = 1e-6, max = 1e6)
        @Doc("window of a cycle in typical waiting times instead: geometric mean over vacancies")
        Optional<Double> windowTypicalWaits,
    @Default("0") @Range(min = 0) @Doc("window of a cycle in seconds instead; 0: not given")
        double windowS) {

  /** Checks that the window is given in one way. */
  public SublatticeConfig {
    if (windowMeanWaits.isPresent() && windowTypicalWaits.isPresent()) {
      throw LatticeLiftException.badData(
          "a window in mean and in typical waiting times",
          "direct.parallel.window_typical_waits",
          "window_mean_waits or window_typical_waits",
          "Remove one of them");
    }
  }

  /** Refuses blocks that do not fill a lattice. */
  public void requireBlocks(int nx, int ny, int nz) {
    new BlockGrid(nx, ny, nz, blockCells);
  }

  /**
   * The window of a cycle ({@code flicker}: whether jumps back and forth are resolved, so that
   * windows should hold many).
   */
  WindowLength window(boolean flicker) {
    if (windowS > 0) {
      return new WindowLength(WindowLength.Unit.SECOND, windowS);
    }
    if (windowTypicalWaits.isPresent() || windowMeanWaits.isEmpty() && flicker) {
      return new WindowLength(WindowLength.Unit.TYPICAL_WAIT, windowTypicalWaits.orElse(1.0));
    }
    return new WindowLength(WindowLength.Unit.MEAN_WAIT, windowMeanWaits.orElse(1.0));
  }

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
     * @throws LatticeLiftException if it is to be chosen from rates that are zero or not finite
     */
    double seconds(
        SublatticeSimulator simulator, Communicator ranks, long vacancies, double kelvin) {
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

    /**
     * The total rate over all ranks with the same bits for any number of them: block rates are
     * rounded to integers in a common unit, 2^-40 of the largest, and integers are summed.
     */
    static final class RateSum {
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

    /**
     * The typical waiting time until a vacancy jumps: the geometric mean over those that can move,
     * with the same bits for any number of ranks, since logarithms are rounded to multiples of
     * 2^-24 and summed as integers. At low temperature rates differ by many powers of ten, and a
     * few vacancies that flicker make nearly all jumps: the mean waiting time is theirs, changes
     * from moment to moment, and is far shorter than what the others take.
     */
    static final class TypicalWait {
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
  }
}
