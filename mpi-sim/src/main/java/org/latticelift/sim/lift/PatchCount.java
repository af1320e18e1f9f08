package org.latticelift.sim.lift;

import java.util.OptionalLong;
import org.latticelift.io.config.ConfigNode;

/**
 * How many patches of a large state are evolved (EX-01): a number, {@code all} that are not copies
 * of one another, or {@code auto} for what the costs of states and patches suggest.
 *
 * @param rule how the number is found
 * @param number the number of rule {@link Rule#NUMBER}
 */
public record PatchCount(Rule rule, long number) {
  /** One patch, as the paper has it (ME-12). */
  public static final PatchCount ONE = new PatchCount(Rule.NUMBER, 1);

  /**
   * Variance of the expected increments of the patches of one state, over the mean variance of an
   * increment given the state: 0.03 for the alloy at 2000 K and 125 jumps (EX-01).
   */
  private static final double SHARE = 0.05;

  /** How the number is found. */
  public enum Rule {
    /** From the costs. */
    AUTO,
    /** Every patch. */
    ALL,
    /** As given. */
    NUMBER
  }

  /** Reads the key ({@code node}: {@code auto}, {@code all} or a number). */
  public static PatchCount fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return new PatchCount(Rule.AUTO, 0);
    }
    if (node.isWord("all")) {
      return new PatchCount(Rule.ALL, 0);
    }
    if (node.isScalar() && node.text().matches("[0-9]{1,9}")) {
      long value = Long.parseLong(node.text());
      if (value >= 1) {
        return new PatchCount(Rule.NUMBER, value);
      }
    }
    throw node.wrongType("auto, all or a number of patches >= 1");
  }

  /** Writes the key; the text that it was read from. */
  public ConfigNode toConfig() {
    String text =
        switch (rule) {
          case AUTO -> "auto";
          case ALL -> "all";
          case NUMBER -> "" + number;
        };
    return ConfigNode.parse(text, "evolve.patches");
  }

  /** The number where it does not depend on the state: empty for {@code all}. */
  OptionalLong fixed(double snapshotCost, double patchCost) {
    return switch (rule) {
      case AUTO -> OptionalLong.of(cheapest(snapshotCost, patchCost));
      case ALL -> OptionalLong.empty();
      case NUMBER -> OptionalLong.of(number);
    };
  }

  /**
   * With M patches a state costs c + M e and has the variance S + C/M, so the variance for a given
   * cost is least at M = sqrt(c C / (e S)).
   */
  private static long cheapest(double snapshotCost, double patchCost) {
    return Math.max(1, Math.round(Math.sqrt(snapshotCost / (patchCost * SHARE))));
  }
}
