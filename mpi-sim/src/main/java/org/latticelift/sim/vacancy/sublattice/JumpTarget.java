package org.latticelift.sim.vacancy.sublattice;

/**
 * The jumps that a stretch is to reach, and the plan of the cycles after which ranks count them
 * together. A count makes all ranks wait for the slowest, so there is none after most cycles.
 *
 * <p>A count that finds m jumps in the c cycles since the one before bounds the jumps per cycle by
 * (m + 10 sqrt(m) + 100) / c; u is the largest bound of the stretch so far. The next count is after
 * half as many cycles as would reach the target with u jumps each, at least one, and the first is
 * after one. So the first cycle that reaches the target is not missed unless cycles make more than
 * twice the jumps of the liveliest before; then the stretch ends with the next count, some cycles
 * late. Where the rate is even the number of counts is logarithmic. With fewer than a hundred jumps
 * per cycle counts are more frequent, as those of a few vacancies come in bursts; for the same
 * reason u does not fall: with the mean over many quiet cycles every fifth target was missed where
 * up to a hundred vacancies flicker.
 *
 * <p>All follows from numbers that are the same on all ranks and stand in the checkpoint, so a run
 * that goes on from one counts after the same cycles.
 *
 * @param reached jumps of all ranks since the start of the run with which the stretch ends
 * @param countedCycle cycles of the run at the last count that was planned
 * @param countedJumps jumps of all ranks at that count
 * @param mostPerCycle u, zero before the first count
 */
record JumpTarget(long reached, long countedCycle, long countedJumps, double mostPerCycle) {
  /** More cycles than any run makes; earlier checkpoints, which planned no counts, hold more. */
  static final long MOST_CYCLES = 1L << 40;

  private static final double ERRORS = 10;
  private static final double FEW = 100;

  /** By how much cycles may be livelier than those before. */
  private static final double GROWTH = 2;

  /** Begins a stretch, whose first count is after one cycle. */
  static JumpTarget after(long cycle, long jumps, long more) {
    return new JumpTarget(jumps + more, cycle, jumps, 0);
  }

  /**
   * What a planned count tells ({@code cycle}: cycles of the run so far, more than at the last
   * count).
   */
  JumpTarget counted(long cycle, long jumps) {
    double made = jumps - countedJumps;
    double bound = (made + ERRORS * Math.sqrt(made) + FEW) / (cycle - countedCycle);
    return new JumpTarget(reached, cycle, jumps, Math.max(mostPerCycle, bound));
  }

  /**
   * From a count to the next; cycles, at most {@link #MOST_CYCLES}; 0 where the target is reached.
   */
  long cyclesUntilCount() {
    if (countedJumps >= reached) {
      return 0;
    }
    double cycles = (reached - countedJumps) / (GROWTH * mostPerCycle);
    return Math.max(1, (long) Math.min(MOST_CYCLES, cycles));
  }
}
