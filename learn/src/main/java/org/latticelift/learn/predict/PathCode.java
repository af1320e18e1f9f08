package org.latticelift.learn.predict;

import java.nio.ByteBuffer;
import org.latticelift.learn.ensemble.PredictedPath;

/** A predicted path in bytes, so that another rank than the one that made it can store it. */
final class PathCode {
  private PathCode() {}

  static byte[] encode(PredictedPath path) {
    double[] outside = new double[path.outside().length];
    for (int i = 0; i < outside.length; i++) {
      outside[i] = path.outside()[i] ? 1 : 0;
    }
    double[][] arrays = {
      path.time(),
      path.condition(),
      outside,
      path.novelty(),
      path.mean(),
      path.deviation(),
      path.halfWidth(),
      path.modelMean()
    };
    int bytes = 0;
    for (double[] array : arrays) {
      bytes += Integer.BYTES + Double.BYTES * array.length;
    }
    ByteBuffer out = ByteBuffer.allocate(bytes);
    for (double[] array : arrays) {
      out.putInt(array.length);
      for (double value : array) {
        out.putDouble(value);
      }
    }
    return out.array();
  }

  static PredictedPath decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    double[] time = next(in);
    double[] condition = next(in);
    double[] marks = next(in);
    boolean[] outside = new boolean[marks.length];
    for (int i = 0; i < outside.length; i++) {
      outside[i] = marks[i] != 0;
    }
    return new PredictedPath(
        time, condition, outside, next(in), next(in), next(in), next(in), next(in));
  }

  private static double[] next(ByteBuffer in) {
    double[] array = new double[in.getInt()];
    for (int i = 0; i < array.length; i++) {
      array[i] = in.getDouble();
    }
    return array;
  }
}
