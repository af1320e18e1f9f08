package org.latticelift.sim.lift;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.lift.SnapshotGroups.KeptStates;

/**
 * Into how many groups the runs of the small system are dealt (EX-07). A large state uses snapshots
 * of one group only, and its pair knows which, so that pairs of different groups are independent.
 * With fewer than four runs the groups are blocks of records instead, which are not quite
 * independent.
 *
 * <p>Where a large state is one snapshot enlarged, which group it is from changes nothing: all
 * snapshots are used equally often, as without groups. Where it is put together from snapshots of
 * several runs, those of few runs would recur in it, so every group has at least four runs then.
 *
 * @param rule how the number of groups is found
 * @param number of rule {@link Rule#NUMBER}
 */
public record SnapshotGroups(Rule rule, int number) {
  /** All snapshots in one pool, as the paper has it. */
  public static final SnapshotGroups NONE = new SnapshotGroups(Rule.NONE, 0);

  /** How the number is found. */
  public enum Rule {
    /** One for each run, or for every four where states mix runs; 8 at most. */
    AUTO,
    /** No groups. */
    NONE,
    /** As given. */
    NUMBER
  }

  /** Reads the key ({@code node}: {@code auto}, {@code none} or a number). */
  public static SnapshotGroups fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return new SnapshotGroups(Rule.AUTO, 0);
    }
    if (node.isWord("none")) {
      return NONE;
    }
    if (node.isScalar() && node.text().matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(node.text());
      if (value >= 2) {
        return new SnapshotGroups(Rule.NUMBER, value);
      }
    }
    throw node.wrongType("auto, none or a number of groups >= 2");
  }

  /** Writes the key; the text that it was read from. */
  public ConfigNode toConfig() {
    String text = rule == Rule.NUMBER ? "" + number : rule == Rule.AUTO ? "auto" : "none";
    return ConfigNode.parse(text, "upsample.groups");
  }

  /** Which large states are stored to look at. */
  public enum KeptStates {
    /** None. */
    NONE,
    /** Some per condition. */
    SAMPLE,
    /** All. */
    ALL
  }
}
