package org.latticelift.sim.lift;

import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.OneSnapshot;
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
   * Reads the key {@code upsample.draw}.
   *
   * @param draw with random all snapshots are there for every sample, or those of one group after
   *     the other, else one for each
   * @param groups of snapshots
   * @param pool all snapshots
   * @param condition theirs
   * @param seed of the run
   * @param <S> state
   * @return the draw
   */
  static <S> SnapshotDraw<S> of(
      DrawOrder draw, SnapshotGroups groups, SnapshotPool<S> pool, Condition condition, long seed) {
    if (draw == DrawOrder.RANDOM) {
      int count = groups.count(pool.runs(), pool.records());
      return count == 0 ? sample -> pool : sample -> groups.pool(pool, sample % count);
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
