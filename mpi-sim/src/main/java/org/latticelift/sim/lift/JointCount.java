package org.latticelift.sim.lift;

import org.latticelift.io.config.AutoNumber;

/**
 * How many large states of a condition also evolve as a whole, so that kappa can be measured
 * (EX-03): a number, or {@code auto} for as many as cost no more than 5 % of the evolutions of the
 * pairs, up to those that give kappa within 1 %, and none where kappa would be off by more than 10
 * %. Kappa should be known well: near a critical temperature 5 % of it are 7 % of the
 * susceptibility.
 */
final class JointCount {
  /** A variance of so many squares has a relative standard error of 1 %. */
  private static final int ENOUGH = 20_000;

  /** The same for 10 %, about as far as kappa is from K in the systems here. */
  private static final int FEWEST = 200;

  private static final double SHARE = 0.05;

  private JointCount() {}

  /**
   * The number for a condition.
   *
   * @param samples pairs of the condition
   * @param conditions their number
   * @param evolved evolutions of patches of each state alone, each counted with its surroundings
   * @param patches K, the patches that a joint evolution moves
   * @return 0 to samples
   */
  static int of(AutoNumber given, int samples, int conditions, double evolved, long patches) {
    if (!given.isAuto()) {
      return Math.min(samples, given.orElse(0));
    }
    long cheap = (long) (SHARE * samples * evolved / patches);
    long wanted = Math.min(cheap, Math.min(samples, perCondition(ENOUGH, conditions)));
    return cheap * conditions < FEWEST ? 0 : (int) wanted;
  }

  private static int perCondition(int number, int conditions) {
    return (number + conditions - 1) / conditions;
  }
}
