package org.latticelift.learn.closure;

import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Encoding;

/** Encodes large states and patches, some at once. */
final class EncodedPairs {
  /** States that are encoded at once: few, so that their feature maps stay in the cache. */
  private static final int TOGETHER = 32;

  private final PatchEncoder encoder;
  private final Encoding encoding;
  private final int dim;
  private final ClosureObserver observer;

  EncodedPairs(PatchEncoder encoder, Encoding encoding, int dim, ClosureObserver observer) {
    this.encoder = encoder;
    this.encoding = encoding;
    this.dim = dim;
    this.observer = observer;
  }

  /**
   * Closures of all pairs.
   *
   * @param states before, one for each pair
   * @param pairs has the patches before and after
   * @return in the order of the pairs
   */
  PairClosures of(LargeStates states, PairsFile pairs) {
    return PairClosures.of(
        dim,
        states(states),
        patches(pairs, PairColumn.PATCH_BEFORE),
        patches(pairs, PairColumn.PATCH_AFTER),
        patches(pairs, PairColumn.TWIN_AFTER));
  }

  /** Closures of large states (ME-05). */
  private double[] states(LargeStates states) {
    int patches = encoding.patches();
    int size = encoding.inputs() * patches;
    double[] all = new double[states.count() * dim];
    for (int from = 0; from < states.count(); from += TOGETHER) {
      observer.encodes();
      int count = Math.min(TOGETHER, states.count() - from);
      float[] inputs = new float[count * size];
      for (int i = 0; i < count; i++) {
        states.patches(from + i, inputs, i * size);
      }
      float[] each = encoder.patches(inputs);
      for (int i = 0; i < each.length; i++) {
        all[(from + i / dim / patches) * dim + i % dim] += each[i] / (double) patches;
      }
    }
    return all;
  }

  /** Closures of patches alone (ME-06); empty without the column. */
  private double[] patches(PairsFile pairs, PairColumn column) {
    if (!pairs.has(column)) {
      return new double[0];
    }
    int inputs = encoding.inputs();
    int count = Math.toIntExact(pairs.count() * pairs.width(column) / inputs);
    double[] all = new double[count * dim];
    int batch = TOGETHER * encoding.patches();
    for (int from = 0; from < count; from += batch) {
      observer.encodes();
      int rows = Math.min(batch, count - from);
      float[] each = encoder.patches(pairs.floats(column, (long) from * inputs, rows * inputs));
      for (int i = 0; i < each.length; i++) {
        all[from * dim + i] = each[i];
      }
    }
    return all;
  }
}
