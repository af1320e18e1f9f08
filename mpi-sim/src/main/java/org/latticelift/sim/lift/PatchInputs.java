package org.latticelift.sim.lift;

import java.util.Map;
import org.latticelift.sim.lift.PairsFile.Column;

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

  void addTo(Map<Column, Object> columns) {
    columns.put(Column.PATCH_BEFORE, before);
    columns.put(Column.PATCH_AFTER, after);
  }
}
