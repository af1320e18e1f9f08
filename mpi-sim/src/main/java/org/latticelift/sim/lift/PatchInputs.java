package org.latticelift.sim.lift;

import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;

/** The patches of the pairs of a shard as encoders see them, before and after their evolution. */
final class PatchInputs {
  static final String BEFORE = "/patch_before";
  static final String AFTER = "/patch_after";

  private final int inputs;
  private final float[] before;
  private final float[] after;
  private int size;

  PatchInputs(int capacity, int inputs) {
    this.inputs = inputs;
    before = new float[capacity * inputs];
    after = new float[capacity * inputs];
  }

  void after(float[] patch) {
    System.arraycopy(patch, 0, after, size * inputs, inputs);
  }

  /** Completes the pair that {@link #after} began. */
  void before(float[] patch) {
    System.arraycopy(patch, 0, before, size * inputs, inputs);
    size++;
  }

  void write(Hdf5Writer writer) {
    long[] dims = {size, inputs};
    writer.dataset(BEFORE, before, dims, DatasetInfo.of("1", "patch before", "pair", "input"));
    writer.dataset(AFTER, after, dims, DatasetInfo.of("1", "patch after", "pair", "input"));
  }
}
