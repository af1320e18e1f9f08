package org.latticelift.sim.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The patches of the pairs of a shard as encoders see them, before and after their evolution: all
 * patches of a pair, then those of the next.
 */
final class PatchInputs {
  private final List<float[]> before = new ArrayList<>();
  private final List<float[]> after = new ArrayList<>();
  private final List<float[]> twins = new ArrayList<>();

  /** A patch after its evolution; {@link #before} completes it. */
  void after(float[] patch) {
    after.add(patch);
  }

  void before(float[] patch) {
    before.add(patch);
  }

  /** The first patch of the pair after its other evolution. */
  void twin(float[] patch) {
    twins.add(patch);
  }

  void addTo(Map<PairColumn, Object> columns) {
    columns.put(PairColumn.PATCH_BEFORE, joined(before));
    columns.put(PairColumn.PATCH_AFTER, joined(after));
    if (!twins.isEmpty()) {
      columns.put(PairColumn.TWIN_AFTER, joined(twins));
    }
  }

  private static float[] joined(List<float[]> parts) {
    int inputs = parts.get(0).length;
    float[] all = new float[Math.multiplyExact(parts.size(), inputs)];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, all, i * inputs, inputs);
    }
    return all;
  }
}
