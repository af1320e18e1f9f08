package org.latticelift.sim.lift;

import java.util.Map;

/** The patches of the pairs of a shard as encoders see them, before and after their evolution. */
final class PatchInputs {
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

  void addTo(Map<PairColumn, Object> columns) {
    columns.put(PairColumn.PATCH_BEFORE, before);
    columns.put(PairColumn.PATCH_AFTER, after);
  }
}
