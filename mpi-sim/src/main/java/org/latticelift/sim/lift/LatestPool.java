package org.latticelift.sim.lift;

import java.util.function.IntUnaryOperator;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.SnapshotPool;

/**
 * Snapshot pools on demand. Only the pool of the latest condition is held here; threads that still
 * work at an earlier one hold their own reference.
 */
final class LatestPool<S> {
  private final MicroscopicSystem<S> system;
  private final SnapshotsFile snapshots;
  private final IntUnaryOperator preparation;
  private Condition condition;
  private SnapshotPool<S> pool;

  LatestPool(MicroscopicSystem<S> system, SnapshotsFile snapshots, IntUnaryOperator preparation) {
    this.preparation = preparation;
    this.system = system;
    this.snapshots = snapshots;
  }

  synchronized SnapshotPool<S> at(Condition wanted) {
    if (!wanted.equals(condition)) {
      pool = new StoredSnapshots<>(snapshots, wanted, system.codec(), system.small(), preparation);
      condition = wanted;
    }
    return pool;
  }
}
