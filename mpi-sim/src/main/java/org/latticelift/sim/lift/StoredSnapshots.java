package org.latticelift.sim.lift;

import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
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
  private final StateCodec<S> codec;
  private final Extent extent;

  StoredSnapshots(Hdf5Reader file, String group, StateCodec<S> codec, Extent extent) {
    this.codec = codec;
    this.extent = extent;
    String dataset = group + "/" + codec.dataset();
    long[] shape = codec.shape(extent);
    long[] expected = new long[shape.length + 1];
    expected[0] = -1;
    System.arraycopy(shape, 0, expected, 1, shape.length);
    long[] dims = file.requireDims(dataset, expected);
    bytes = file.stored(dataset);
    stateBytes = Math.toIntExact(bytes.length / dims[0]);
    int[] run = file.ints(group + "/run");
    runs = (int) Arrays.stream(run).distinct().count();
    records = Math.toIntExact(dims[0] / runs);
    requireEqualRuns(run, file, group);
  }

  private void requireEqualRuns(int[] run, Hdf5Reader file, String group) {
    for (int i = 0; i < run.length; i++) {
      if (run[i] != i / records) {
        throw LatticeLiftException.badData(
            "runs of different length",
            file.file() + " " + group + "/run",
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
}
