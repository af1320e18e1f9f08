package org.latticelift.sim.lift;

import org.latticelift.sim.system.SnapshotPool;

/**
 * All snapshots of a condition, and which of them was asked for first since {@link #forget}: where
 * a large state comes from. Serves one thread.
 *
 * @param <S> state
 */
final class SourcePool<S> implements SnapshotPool<S> {
  private final SnapshotPool<S> all;
  private int run = -1;
  private int record = -1;

  SourcePool(SnapshotPool<S> all) {
    this.all = all;
  }

  void forget() {
    run = -1;
    record = -1;
  }

  /** The run of the first snapshot; -1 if there was none. */
  int run() {
    return run;
  }

  /** The record of the first snapshot; -1 if there was none. */
  int record() {
    return record;
  }

  @Override
  public int runs() {
    return all.runs();
  }

  @Override
  public int records() {
    return all.records();
  }

  @Override
  public S snapshot(int wantedRun, int wantedRecord) {
    if (run < 0) {
      run = wantedRun;
      record = wantedRecord;
    }
    return all.snapshot(wantedRun, wantedRecord);
  }

  @Override
  public S later(int wantedRun, int wantedRecord, int steps) {
    return all.later(wantedRun, wantedRecord, steps);
  }

  @Override
  public int preparation(int wanted) {
    return all.preparation(wanted);
  }

  @Override
  public int place(int record) {
    return all.place(record);
  }

  @Override
  public double age(int record) {
    return all.age(record);
  }

  @Override
  public double lasts(int record) {
    return all.lasts(record);
  }

  @Override
  public int group() {
    return all.group();
  }
}
