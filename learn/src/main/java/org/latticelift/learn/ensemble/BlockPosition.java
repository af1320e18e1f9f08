package org.latticelift.learn.ensemble;

import java.nio.ByteBuffer;

/**
 * How far a block of trajectories has come.
 *
 * @param record the last one that was made
 * @param steps since then
 * @param walkers from {@link Walkers#save}
 * @param results from {@link Trajectories#encode}
 */
record BlockPosition(int record, long steps, byte[] walkers, byte[] results) {
  /** Nothing is made but the initial record. */
  static final BlockPosition START = new BlockPosition(0, 0, new byte[0], new byte[0]);

  private static final int HEAD = 2 * Integer.BYTES + Long.BYTES;

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD + walkers.length + results.length)
        .putInt(record)
        .putLong(steps)
        .putInt(walkers.length)
        .put(walkers)
        .put(results)
        .array();
  }

  static BlockPosition of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int record = in.getInt();
    long steps = in.getLong();
    byte[] walkers = new byte[in.getInt()];
    in.get(walkers);
    byte[] results = new byte[in.remaining()];
    in.get(results);
    return new BlockPosition(record, steps, walkers, results);
  }
}
