package org.latticelift.sim.simulate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;

/**
 * How long the rest of a stage takes: of all runs and their records, or of all shards and their
 * pairs. A record of one condition can cost a hundred times one of another, so each has its own
 * cost: measured as soon as one was made, until then estimated from its events and scaled by how
 * measured costs compare with such estimates.
 */
public final class WorkLeft {
  private final Map<Condition, Work> works = new LinkedHashMap<>();
  private final int threads;

  private static final class Work {
    private final double estimate;
    private final int[] reached;
    private final int[] wanted;
    private boolean ended;
    private long measured;
    private double seconds;

    /**
     * @param estimate cost of a record before one was made
     */
    Work(int[] wanted, double estimate) {
      this.reached = new int[wanted.length];
      this.wanted = wanted;
      this.estimate = estimate;
    }

    long left() {
      long left = 0;
      for (int run = 0; run < wanted.length; run++) {
        left += wanted[run] - reached[run];
      }
      return ended ? 0 : left;
    }

    int unfinished() {
      int unfinished = 0;
      for (int run = 0; run < wanted.length; run++) {
        unfinished += reached[run] < wanted[run] && !ended ? 1 : 0;
      }
      return unfinished;
    }
  }

  private WorkLeft(int threads) {
    this.threads = threads;
  }

  static WorkLeft of(LatticeSystem<?> system, SimulateConfig config, Extent extent, int threads) {
    int[] records = new int[config.allRuns()];
    Arrays.fill(records, config.records());
    return of(
        system.conditions(),
        records,
        condition -> {
          double perRun = config.duration().events(condition).orElse(1.0) * extent.patches();
          return perRun / config.records() * system.costs().eventCost(condition);
        },
        threads);
  }

  /**
   * Nothing made yet ({@code records}: of each run, at every condition; or pairs of each shard;
   * {@code estimate}: cost of a record of a condition before one was made).
   */
  public static WorkLeft of(
      List<Condition> conditions,
      int[] records,
      ToDoubleFunction<Condition> estimate,
      int threads) {
    WorkLeft left = new WorkLeft(threads);
    for (Condition condition : conditions) {
      left.works.put(condition, new Work(records, estimate.applyAsDouble(condition)));
    }
    return left;
  }

  /**
   * A run has so many records ({@code seconds}: that its last record took; 0 where it was not made
   * now); how many more it has than before.
   */
  public synchronized long reached(Condition condition, int run, int records, double seconds) {
    Work work = works.get(condition);
    int more = records - work.reached[run];
    work.reached[run] = records;
    if (seconds > 0) {
      work.measured++;
      work.seconds += seconds;
    }
    return more;
  }

  /** A condition has no more to do. */
  synchronized void ended(Condition condition) {
    works.get(condition).ended = true;
  }

  /**
   * Wall time that the rest takes: of its records on all threads, of which no more are busy than
   * there are unfinished runs; empty before anything was made.
   */
  public synchronized OptionalDouble seconds() {
    double measured = 0;
    double estimated = 0;
    for (Work work : works.values()) {
      measured += work.seconds;
      estimated += work.measured * work.estimate;
    }
    if (measured == 0) {
      return OptionalDouble.empty();
    }
    double total = 0;
    int unfinished = 0;
    for (Work work : works.values()) {
      double cost =
          work.measured > 0 ? work.seconds / work.measured : work.estimate * measured / estimated;
      total += work.left() * cost;
      unfinished += work.unfinished();
    }
    return OptionalDouble.of(total / Math.max(1, Math.min(threads, unfinished)));
  }
}
