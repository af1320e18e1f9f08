package org.latticelift.lifting;

import org.latticelift.random.Permutation;
import org.latticelift.random.Purpose;
import org.latticelift.random.Streams;
import org.latticelift.system.Condition;
import org.latticelift.system.OneSnapshot;
import org.latticelift.system.SnapshotPool;

/**
 * Which small snapshots a large state may be built from.
 *
 * @param <S> state
 */
interface SnapshotDraw<S> {
  /** The pool that the system draws from for one sample. */
  SnapshotPool<S> pool(int sample);

  /**
   * Reads the key {@code upsample.draw}.
   *
   * @param draw random: all snapshots, with replacement (ME-82); once: one for each sample, none
   *     twice before all were used (PP-17)
   */
  static <S> SnapshotDraw<S> of(String draw, SnapshotPool<S> pool, Condition condition, long seed) {
    if (draw.equals("random")) {
      return sample -> pool;
    }
    long all = (long) pool.runs() * pool.records();
    Permutation order =
        new Permutation(all, new Streams(seed).stream(Purpose.SNAPSHOT_ORDER, condition.key()));
    return sample -> {
      long at = order.of(sample % all);
      return new OneSnapshot<>(
          pool.snapshot((int) (at / pool.records()), (int) (at % pool.records())));
    };
  }
}
