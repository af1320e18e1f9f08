package org.latticelift.sim.lift;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.SnapshotPool;

/**
 * Into how many groups the runs of the small system are dealt (EX-07). A large state uses snapshots
 * of one group only, and its pair knows which, so that pairs of different groups are independent.
 * With fewer than {@value #FEWEST_RUNS} runs the groups are blocks of records instead, which are
 * not quite independent.
 *
 * <p>Where a large state is one snapshot enlarged, which group it is from changes nothing: all
 * snapshots are used equally often, as without groups. Where it is put together from snapshots of
 * several runs, those of few runs would recur in it, so every group has at least {@value
 * #FEWEST_MIXED} runs then.
 *
 * @param rule how the number of groups is found
 * @param number of rule {@link Rule#NUMBER}
 */
public record SnapshotGroups(Rule rule, int number) {
  /** All snapshots in one pool, as the paper has it. */
  public static final SnapshotGroups NONE = new SnapshotGroups(Rule.NONE, 0);

  private static final int FEWEST_RUNS = 4;
  private static final int FEWEST_MIXED = 4;
  private static final int MOST = 8;

  /** How the number is found. */
  public enum Rule {
    /** One for each run, or for every four where states mix runs; 8 at most. */
    AUTO,
    /** No groups. */
    NONE,
    /** As given. */
    NUMBER
  }

  /**
   * Reads the key.
   *
   * @param node {@code auto}, {@code none} or a number
   * @return the choice
   */
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

  /**
   * Writes the key.
   *
   * @return the text that it was read from
   */
  public ConfigNode toConfig() {
    String text = rule == Rule.NUMBER ? "" + number : rule == Rule.AUTO ? "auto" : "none";
    return ConfigNode.parse(text, "upsample.groups");
  }

  /**
   * Deals the snapshots of a condition.
   *
   * @param pool all of them
   * @param mixed whether a large state is made of snapshots of several runs
   */
  <S> DealtSnapshots<S> deal(SnapshotPool<S> pool, boolean mixed) {
    int fewest = mixed ? FEWEST_MIXED : 1;
    boolean byRuns = pool.runs() >= Math.max(FEWEST_RUNS, 2 * fewest);
    int parts = byRuns ? pool.runs() : pool.records();
    int groups =
        switch (rule) {
          case NONE -> 0;
          case AUTO -> Math.min(byRuns ? parts / fewest : parts, MOST);
          case NUMBER -> Math.min(parts, number);
        };
    return new DealtSnapshots<>(pool, groups, byRuns);
  }
}
