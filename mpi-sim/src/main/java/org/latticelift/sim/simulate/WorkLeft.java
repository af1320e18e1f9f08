package org.latticelift.sim.simulate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.MicroscopicSystem;

/**
 * How long the rest of all runs takes. A record of one condition can cost a hundred times one of
 * another, so each has its own cost: measured as soon as one was made, until then estimated from
 * its events and scaled by how measured costs compare with such estimates.
 */
final class WorkLeft {
  private final Map<Condition, Work> works = new LinkedHashMap<>();
  private final int threads;

  /** The records of one condition. */
  private static final class Work {
    private final double estimate;
    private final int[] reached;
    private final int perRun;
    private boolean ended;
    private long measured;
    private double seconds;

    /**
     * @param estimate cost of a record before one was made
     */
    Work(int runs, int perRun, double estimate) {
      this.reached = new int[runs];
      this.perRun = perRun;
      this.estimate = estimate;
    }

    long left() {
      long left = 0;
      for (int records : reached) {
        left += perRun - records;
      }
      return ended ? 0 : left;
    }

    int unfinished() {
      int unfinished = 0;
      for (int records : reached) {
        unfinished += records < perRun && !ended ? 1 : 0;
      }
      return unfinished;
    }
  }

  private WorkLeft(int threads) {
    this.threads = threads;
  }

  static WorkLeft of(
      MicroscopicSystem<?> system, SimulateConfig config, Extent extent, int threads) {
    WorkLeft left = new WorkLeft(threads);
    for (Condition condition : system.conditions()) {
      double perRun = config.duration().events(condition).orElse(1.0) * extent.patches();
      double events = perRun / config.records();
      double estimate = events * system.costs().eventCost(condition);
      left.works.put(condition, new Work(config.allRuns(), config.records(), estimate));
    }
    return left;
  }

  /**
   * A run has so many records.
   *
   * @param seconds that its last record took; 0 where it was not made now
   * @return how many more it has than before
   */
  synchronized long reached(Condition condition, int run, int records, double seconds) {
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
   * there are unfinished runs.
   *
   * @return empty before anything was made
   */
  synchronized OptionalDouble seconds() {
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
