package org.latticelift.sim.lift;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.SnapshotPool;

/**
 * The runs of the small system dealt into groups (EX-07). A large state uses snapshots of one group
 * only, and its pair knows which, so that pairs of different groups are independent. With fewer
 * than {@value #FEWEST_RUNS} runs the groups are blocks of records instead, which are not quite
 * independent.
 *
 * @param rule how the number of groups is found
 * @param number of rule {@link Rule#NUMBER}
 */
public record SnapshotGroups(Rule rule, int number) {
  /** All snapshots in one pool, as the paper has it. */
  public static final SnapshotGroups NONE = new SnapshotGroups(Rule.NONE, 0);

  private static final int FEWEST_RUNS = 4;
  private static final int MOST = 8;

  /** How the number is found. */
  public enum Rule {
    /** One for each run, 8 at most. */
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
    if (node.isScalar() && node.text().equals("auto")) {
      return new SnapshotGroups(Rule.AUTO, 0);
    }
    if (node.isScalar() && node.text().equals("none")) {
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
   * Number of groups of a pool.
   *
   * @return 1 to the number of runs, or of records where runs are few; 0 without groups
   */
  int count(int runs, int records) {
    int parts = byRuns(runs) ? runs : records;
    return switch (rule) {
      case NONE -> 0;
      case AUTO -> Math.min(parts, MOST);
      case NUMBER -> Math.min(parts, number);
    };
  }

  /** Whether groups are of whole runs. */
  static boolean byRuns(int runs) {
    return runs >= FEWEST_RUNS;
  }

  /** The group of a snapshot. */
  int of(int run, int record, SnapshotPool<?> pool) {
    int groups = count(pool.runs(), pool.records());
    return byRuns(pool.runs()) ? run % groups : (int) ((long) record * groups / pool.records());
  }

  /** The snapshots of one group, as a pool. */
  <S> SnapshotPool<S> pool(SnapshotPool<S> all, int group) {
    int groups = count(all.runs(), all.records());
    if (byRuns(all.runs())) {
      int runs = (all.runs() - group + groups - 1) / groups;
      return new Part<>(all, group, groups, runs, 0, all.records());
    }
    int first = firstRecord(group, groups, all.records());
    int last = firstRecord(group + 1, groups, all.records());
    return new Part<>(all, 0, 1, all.runs(), first, last - first);
  }

  private static int firstRecord(int group, int groups, int records) {
    return (int) (((long) group * records + groups - 1) / groups);
  }

  /** Every so many runs, and a range of records. */
  private record Part<S>(
      SnapshotPool<S> all, int firstRun, int step, int runs, int firstRecord, int records)
      implements SnapshotPool<S> {
    @Override
    public S snapshot(int run, int record) {
      return all.snapshot(firstRun + step * run, firstRecord + record);
    }
  }
}
