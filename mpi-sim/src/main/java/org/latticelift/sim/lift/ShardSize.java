package org.latticelift.sim.lift;

import java.util.OptionalInt;
import org.latticelift.io.config.ConfigNode;

/**
 * How many pairs are committed at once: a number, or {@code auto} for a sixteenth of those of a
 * condition, and no more than 500. The more, the fewer files; the fewer, the more threads and ranks
 * have work, and the less is made again after a kill, where a pair takes seconds.
 *
 * @param number empty for auto
 */
public record ShardSize(OptionalInt number) {
  private static final int MOST = 500;
  private static final int PARTS = 16;

  /**
   * Reads the key.
   *
   * @param node {@code auto} or a number
   * @return the choice
   */
  public static ShardSize fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return new ShardSize(OptionalInt.empty());
    }
    if (node.isScalar() && node.text().matches("0*[1-9][0-9]{0,8}")) {
      return new ShardSize(OptionalInt.of(Integer.parseInt(node.text())));
    }
    throw node.wrongType("auto or a number of pairs >= 1");
  }

  /**
   * Writes the key.
   *
   * @return the text that it was read from
   */
  public ConfigNode toConfig() {
    String text = number.isPresent() ? "" + number.getAsInt() : "auto";
    return ConfigNode.parse(text, "evolve.shard_samples");
  }

  /**
   * The number for a condition.
   *
   * @param samples its pairs
   * @return at least 1
   */
  int of(int samples) {
    return number.orElse(Math.min(MOST, (samples + PARTS - 1) / PARTS));
  }
}
