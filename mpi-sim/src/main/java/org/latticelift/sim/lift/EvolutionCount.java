package org.latticelift.sim.lift;

import java.util.OptionalInt;
import org.latticelift.io.config.ConfigNode;

/**
 * How often each evolved patch of a large state evolves from it: a number, or {@code auto} for what
 * the costs of states and evolutions suggest.
 *
 * @param number empty for auto
 */
public record EvolutionCount(OptionalInt number) {
  /** Once, as the paper has it. */
  public static final EvolutionCount ONCE = new EvolutionCount(OptionalInt.of(1));

  /** Beyond it hardly anything is left that a mean of evolutions could take away. */
  private static final int MOST = 16;

  /** The same where evolutions are made many at a time. */
  private static final int MOST_SIMULTANEOUS = 64;

  private static final int LIMIT = 1000;

  /**
   * Variance of the expected increment of a state, over that of its increment by all patches given
   * the state: 0.2 for the magnetisation of the Ising model at T = 2.27, L = 64 after a time of 7.3
   * with compensators.
   */
  private static final double SHARE = 0.2;

  /** The same without compensators, which leave a fourth of the variance then. */
  private static final double PLAIN_SHARE = 0.05;

  /**
   * Reads the key.
   *
   * @param node {@code auto} or a number
   * @return the choice
   */
  public static EvolutionCount fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return new EvolutionCount(OptionalInt.empty());
    }
    if (node.isScalar() && node.text().matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(node.text());
      if (value >= 1 && value <= LIMIT) {
        return new EvolutionCount(OptionalInt.of(value));
      }
    }
    throw node.wrongType("auto or a number of evolutions from 1 to " + LIMIT);
  }

  /**
   * Writes the key.
   *
   * @return the text that it was read from
   */
  public ConfigNode toConfig() {
    String text = number.isPresent() ? "" + number.getAsInt() : "auto";
    return ConfigNode.parse(text, "evolve.evolutions");
  }

  /** Whether more than one was asked for. */
  boolean several() {
    return number.orElse(1) > 1;
  }

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
