package org.latticelift.sim.lift;

/**
 * How often each evolved patch of a large state evolves from it: a number, or {@code auto} for what
 * the costs of states and evolutions suggest.
 */
final class EvolutionCount {
  /** Beyond it hardly anything is left that a mean of evolutions could take away. */
  private static final int MOST = 16;

  /** The same where evolutions are made many at a time. */
  private static final int MOST_SIMULTANEOUS = 64;

  /**
   * Variance of the expected increment of a state, over that of its increment by all patches given
   * the state: 0.2 for the magnetisation of the Ising model at T = 2.27, L = 64 after a time of 7.3
   * with compensators.
   */
  private static final double SHARE = 0.2;

  /** The same without compensators, which leave a fourth of the variance then. */
  private static final double PLAIN_SHARE = 0.05;

  private EvolutionCount() {}

  /**
   * With N evolutions a state costs c + N e and its mean increment has the variance S + C/N, so the
   * variance for a given cost is least at N = sqrt(c C / (e S)).
   *
   * @param snapshotCost c, of a state without any evolution
   * @param evolutionCost e, of one evolution of all its patches
   */
  static int cheapest(double snapshotCost, double evolutionCost) {
    return cheapest(snapshotCost / (evolutionCost * SHARE), MOST);
  }

  /** The same where evolutions are made many at a time, without compensators. */
  static int cheapestSimultaneous(double snapshotCost, double evolutionCost) {
    return cheapest(snapshotCost / (evolutionCost * PLAIN_SHARE), MOST_SIMULTANEOUS);
  }

  private static int cheapest(double square, int most) {
    return (int) Math.max(1, Math.min(most, Math.round(Math.sqrt(square))));
  }
}
