package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * Snapshots of the small system at one condition, on a common grid of record times (D_s of ME-80).
 * {@code S}: state.
 */
public interface SnapshotPool<S> {
  /** Number of independent runs, at least 1. */
  int runs();

  /** Number of records of a run, at least 1. */
  int records();

  /**
   * One snapshot ({@code run}: 0 to runs - 1; {@code record}: 0 to records - 1); a state that must
   * not be modified.
   */
  S snapshot(int run, int record);

  /**
   * The state that a run was in so many records after a snapshot, which may be no snapshot of this
   * pool ({@code run}: 0 to runs - 1; {@code record}: 0 to records - 1); a state that must not be
   * modified.
   */
  default S later(int run, int record, int steps) {
    return snapshot(run, record + steps);
  }

  /**
   * Place of a record in its run, which tells its age. It is another than its number where a pool
   * is a part of the records.
   *
   * @param record 0 to records - 1
   * @return from 0
   */
  default int place(int record) {
    return record;
  }

  /**
   * Simulated time from the beginning of a run to a record ({@code record}: 0 to records - 1), in
   * the unit of the system; infinite where it is not known.
   */
  default double age(int record) {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * How long a run goes on from a record to the next, or from the last but one to the last. All of
   * this time a record stands for its run.
   *
   * @param record 0 to records - 1
   * @return in the unit of the system; 0 where it is not known
   */
  default double lasts(int record) {
    return 0;
  }

  /**
   * How a run was begun: records of one age are alike in runs that were begun alike ({@code run}: 0
   * to runs - 1); the same number for runs from the same kind of state.
   */
  default int preparation(int run) {
    return 0;
  }

  /**
   * The group that has all of these snapshots (EX-07), from 0; -1 without groups, and where the
   * snapshots of all groups are here.
   */
  default int group() {
    return -1;
  }

  /** A snapshot of any run and record, all with the same probability. */
  default S any(RandomStream stream) {
    return snapshot(stream.below(runs()), stream.below(records()));
  }
}
