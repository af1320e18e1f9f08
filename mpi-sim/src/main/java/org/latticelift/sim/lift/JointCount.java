package org.latticelift.sim.lift;

import java.util.OptionalInt;
import org.latticelift.io.config.ConfigNode;

/**
 * How many large states of a condition also evolve as a whole, so that kappa can be measured
 * (EX-03): a number, or {@code auto} for as many as cost no more than 5 % of the evolutions of the
 * pairs, up to those that give kappa within 1 %, and none where kappa would be off by more than 10
 * %. Kappa should be known well: near a critical temperature 5 % of it are 7 % of the
 * susceptibility.
 *
 * @param number empty for auto
 */
public record JointCount(OptionalInt number) {
  /** Not one. */
  public static final JointCount NONE = new JointCount(OptionalInt.of(0));

  /** A variance of so many squares has a relative standard error of 1 %. */
  private static final int ENOUGH = 20_000;

  /** The same for 10 %, about as far as kappa is from K in the systems here. */
  private static final int FEWEST = 200;

  private static final double SHARE = 0.05;

  /**
   * Reads the key.
   *
   * @param node {@code auto} or a number
   * @return the choice
   */
  public static JointCount fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return new JointCount(OptionalInt.empty());
    }
    if (node.isScalar() && node.text().matches("[0-9]{1,9}")) {
      return new JointCount(OptionalInt.of(Integer.parseInt(node.text())));
    }
    throw node.wrongType("auto or a number of states >= 0");
  }

  /**
   * Writes the key.
   *
   * @return the text that it was read from
   */
  public ConfigNode toConfig() {
    String text = number.isPresent() ? "" + number.getAsInt() : "auto";
    return ConfigNode.parse(text, "evolve.joint");
  }

  /**
   * The number for a condition.
   *
   * @param samples pairs of the condition
   * @param conditions their number
   * @param evolved evolutions of patches of each state alone, each counted with its surroundings
   * @param patches K, the patches that a joint evolution moves
   * @return 0 to samples
   */
  int count(int samples, int conditions, double evolved, long patches) {
    if (number.isPresent()) {
      return Math.min(samples, number.getAsInt());
    }
    long cheap = (long) (SHARE * samples * evolved / patches);
    long wanted = Math.min(cheap, Math.min(samples, perCondition(ENOUGH, conditions)));
    return cheap * conditions < FEWEST ? 0 : (int) wanted;
  }

  private static int perCondition(int number, int conditions) {
    return (number + conditions - 1) / conditions;
  }
}
