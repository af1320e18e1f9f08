package org.latticelift.sim.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The streams of one run. The key of a stream is the SHA-256 digest of (seed, purpose, task), so
 * that streams of different purposes or tasks are unrelated and need no coordination.
 *
 * @param seed the one seed of the run
 */
public record Streams(long seed) {
  /**
   * Opens a stream at its beginning.
   *
   * @param purpose what the numbers are for
   * @param task indices that name the task within the purpose
   * @return a new stream; equal keys give equal numbers
   */
  public RandomStream stream(Purpose purpose, long... task) {
    byte[] name = purpose.name().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer key = ByteBuffer.allocate(Long.BYTES * (2 + task.length) + name.length);
    key.putLong(seed).putLong(task.length).put(name);
    for (long index : task) {
      key.putLong(index);
    }
    ByteBuffer digest = ByteBuffer.wrap(sha256().digest(key.array()));
    return new RandomStream(
        new long[] {digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong()});
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
