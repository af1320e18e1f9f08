package org.latticelift.learn.diagram;

import java.nio.ByteBuffer;

/**
 * How an observable goes to its stationary value at one condition.
 *
 * @param start first value of the ensemble mean
 * @param late mean over the last third of the time: the stationary value, where that is reached
 * @param lateHalfWidth of its 95 % interval; NaN where there is none
 * @param time after which 10, 50 and 90 % of the way are made; NaN where the way is not clear of
 *     its noise, or the mean has not settled
 * @param halfWidth of the 95 % intervals of these times; NaN where there is none
 * @param equilibrated whether the mean stays where it is, so that late is the stationary value
 */
record Passage(
    double start,
    double late,
    double lateHalfWidth,
    double[] time,
    double[] halfWidth,
    boolean equilibrated) {
  /** Shares of the way. */
  static final double[] SHARES = {0.1, 0.5, 0.9};

  static final int BYTES = Double.BYTES * (3 + 2 * SHARES.length) + 1;

  void encode(ByteBuffer out) {
    out.putDouble(start).putDouble(late).putDouble(lateHalfWidth);
    for (int i = 0; i < SHARES.length; i++) {
      out.putDouble(time[i]).putDouble(halfWidth[i]);
    }
    out.put((byte) (equilibrated ? 1 : 0));
  }

  static Passage decode(ByteBuffer in) {
    double[] head = {in.getDouble(), in.getDouble(), in.getDouble()};
    double[] time = new double[SHARES.length];
    double[] halfWidth = new double[SHARES.length];
    for (int i = 0; i < SHARES.length; i++) {
      time[i] = in.getDouble();
      halfWidth[i] = in.getDouble();
    }
    return new Passage(head[0], head[1], head[2], time, halfWidth, in.get() == 1);
  }
}
