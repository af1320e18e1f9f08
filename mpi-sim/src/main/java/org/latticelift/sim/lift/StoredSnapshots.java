package org.latticelift.sim.lift;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;

/**
 * The snapshots of one condition, held as bytes (a small system's snapshots are small) and decoded
 * when asked for.
 *
 * @param <S> state
 */
final class StoredSnapshots<S> implements SnapshotPool<S> {
  private final byte[] bytes;
  private final int stateBytes;
  private final int runs;
  private final int records;

  /** Runs are recorded at the same times. */
  private final double[] times;

  private final StateCodec<S> codec;
  private final Extent extent;
  private final IntUnaryOperator preparation;

  /**
   * @param preparation of each run
   */
  StoredSnapshots(
      SnapshotsFile file,
      Condition condition,
      StateCodec<S> codec,
      Extent extent,
      IntUnaryOperator preparation) {
    this.preparation = preparation;
    this.codec = codec;
    this.extent = extent;
    int count = file.count(condition, codec, extent);
    bytes = file.allStates(condition, codec);
    stateBytes = bytes.length / count;
    int[] run = file.run(condition);
    runs = (int) Arrays.stream(run).distinct().count();
    records = count / runs;
    requireEqualRuns(run, file, condition);
    times = Arrays.copyOf(file.time(condition), records);
  }

  private void requireEqualRuns(int[] run, SnapshotsFile file, Condition condition) {
    for (int i = 0; i < run.length; i++) {
      if (run[i] != i / records) {
        throw LatticeLiftException.badData(
            "runs of different length",
            file.file() + " " + condition.name(),
            "the same number of snapshots in every run, run after run",
            "Simulate again");
      }
    }
  }

  @Override
  public int runs() {
    return runs;
  }

  @Override
  public int records() {
    return records;
  }

  @Override
  public S snapshot(int run, int record) {
    int from = (run * records + record) * stateBytes;
    return codec.decode(Arrays.copyOfRange(bytes, from, from + stateBytes), extent);
  }

  @Override
  public int preparation(int run) {
    return preparation.applyAsInt(run);
  }

  @Override
  public double age(int record) {
    return times[record];
  }

  @Override
  public double lasts(int record) {
    int from = Math.min(record, records - 2);
    return from < 0 ? 0 : times[from + 1] - times[from];
  }
}
