package org.latticelift.learn.design;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One answer of the model to a proposal.
 *
 * @param knots values of the condition at equal distances in time
 * @param end mean of the observable at the end
 */
record Tried(double[] knots, double end) {
  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(Double.BYTES * (knots.length + 1));
    Arrays.stream(knots).forEach(out::putDouble);
    return out.putDouble(end).array();
  }

  static Tried decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    double[] knots = new double[bytes.length / Double.BYTES - 1];
    Arrays.setAll(knots, i -> in.getDouble());
    return new Tried(knots, in.getDouble());
  }
}
