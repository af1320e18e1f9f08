package org.latticelift.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** A batch of scaled pairs on the Java side. */
record Batch(int variables, float[] state, float[] increment, float[] duration, float[] condition) {

  static Batch of(ScaledPairs pairs, int[] order, int from, int to) {
    int d = pairs.variables();
    int n = to - from;
    Batch batch = new Batch(d, new float[n * d], new float[n * d], new float[n], new float[n]);
    for (int k = 0; k < n; k++) {
      int row = order == null ? from + k : order[from + k];
      System.arraycopy(pairs.state(), row * d, batch.state, k * d, d);
      System.arraycopy(pairs.increment(), row * d, batch.increment, k * d, d);
      batch.duration[k] = pairs.duration()[row];
      batch.condition[k] = pairs.condition()[row];
    }
    return batch;
  }

  int count() {
    return duration.length;
  }

  NDArray matrix(NDManager manager, float[] values) {
    return manager.create(values, new Shape(count(), values.length / count()));
  }
}
