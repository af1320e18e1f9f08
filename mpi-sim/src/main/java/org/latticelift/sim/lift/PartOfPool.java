package org.latticelift.sim.lift;

import org.latticelift.sim.system.SnapshotPool;

/**
 * Every so many runs of a pool, and a range of records.
 *
 * @param all the pool
 * @param firstRun the first of the runs
 * @param step from one of them to the next
 * @param runs their number
 * @param firstRecord the first of the records
 * @param records their number
 * @param group that all of them are of; -1 without groups
 * @param <S> state
 */
record PartOfPool<S>(
    SnapshotPool<S> all, int firstRun, int step, int runs, int firstRecord, int records, int group)
    implements SnapshotPool<S> {
  @Override
  public S snapshot(int run, int record) {
    return all.snapshot(firstRun + step * run, firstRecord + record);
  }

  @Override
  public S later(int run, int record, int steps) {
    return all.later(firstRun + step * run, firstRecord + record, steps);
  }

  @Override
  public int preparation(int run) {
    return all.preparation(firstRun + step * run);
  }

  @Override
  public int place(int record) {
    return all.place(firstRecord + record);
  }

  @Override
  public double age(int record) {
    return all.age(firstRecord + record);
  }

  @Override
  public double lasts(int record) {
    return all.lasts(firstRecord + record);
  }
}
