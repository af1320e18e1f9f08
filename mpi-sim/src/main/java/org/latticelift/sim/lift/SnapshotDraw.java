package org.latticelift.sim.lift;

import org.latticelift.sim.system.SnapshotPool;

/**
 * Which small snapshots a large state may be built from.
 *
 * @param <S> state
 */
public interface SnapshotDraw<S> {
  /**
   * The pool that the system draws from for one sample.
   *
   * @param sample its number
   * @return some or all snapshots
   */
  SnapshotPool<S> pool(int sample);

  /**
   * The group of the snapshots of a sample (EX-07). Pairs of different groups share none, also
   * where a state uses no snapshot.
   *
   * @param sample its number
   * @return from 0; -1 without groups
   */
  default int group(int sample) {
    return pool(sample).group();
  }
}
