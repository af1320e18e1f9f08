package org.latticelift.learn.closure;

import java.util.List;
import java.util.function.IntConsumer;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Encoding;

/** Encodes large states and patches, some at once. */
final class EncodedPairs {
  /** States that are encoded at once: few, so that their feature maps stay in the cache. */
  private static final int TOGETHER = 32;

  /** Columns of single patches. */
  private static final List<PairColumn> ALONE =
      List.of(PairColumn.PATCH_BEFORE, PairColumn.PATCH_AFTER, PairColumn.TWIN_AFTER);

  private final PatchEncoder encoder;
  private final Encoding encoding;
  private final int dim;
  private final IntConsumer observer;

  /**
   * @param observer told how many patches were encoded; an exception ends it
   */
  EncodedPairs(PatchEncoder encoder, Encoding encoding, int dim, IntConsumer observer) {
    this.encoder = encoder;
    this.encoding = encoding;
    this.dim = dim;
    this.observer = observer;
  }

  /** All patches that {@link #of} encodes. */
  static long patches(Encoding encoding, LargeStates states, PairsFile pairs) {
    long patches = (long) states.count() * encoding.patches();
    for (PairColumn column : ALONE) {
      patches += pairs.has(column) ? patches(encoding, pairs, column) : 0;
    }
    return patches;
  }

  private static long patches(Encoding encoding, PairsFile pairs, PairColumn column) {
    return pairs.count() * pairs.width(column) / encoding.inputs();
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
      int count = Math.min(TOGETHER, states.count() - from);
      float[] inputs = new float[count * size];
      for (int i = 0; i < count; i++) {
        states.patches(from + i, inputs, i * size);
      }
      float[] each = encoder.patches(inputs);
      for (int i = 0; i < each.length; i++) {
        all[(from + i / dim / patches) * dim + i % dim] += each[i] / (double) patches;
      }
      observer.accept(count * patches);
    }
    return all;
  }

  /** Closures of patches alone (ME-06); empty without the column. */
  private double[] patches(PairsFile pairs, PairColumn column) {
    if (!pairs.has(column)) {
      return new double[0];
    }
    int inputs = encoding.inputs();
    int count = Math.toIntExact(patches(encoding, pairs, column));
    double[] all = new double[count * dim];
    int batch = TOGETHER * encoding.patches();
    for (int from = 0; from < count; from += batch) {
      int rows = Math.min(batch, count - from);
      float[] each = encoder.patches(pairs.floats(column, (long) from * inputs, rows * inputs));
      for (int i = 0; i < each.length; i++) {
        all[from * dim + i] = each[i];
      }
      observer.accept(rows);
    }
    return all;
  }
}
