package org.latticelift.learn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which entries of a matrix count: 1 or 0. */
final class Masks {
  private Masks() {}

  /** The lower triangle with the diagonal, [d,d]. */
  static INDArray lower(int d) {
    float[] values = new float[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        values[i * d + j] = 1;
      }
    }
    return Nd4j.create(values, new long[] {d, d}, 'c');
  }
}
