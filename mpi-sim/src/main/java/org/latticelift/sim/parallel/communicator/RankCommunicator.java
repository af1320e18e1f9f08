package org.latticelift.sim.parallel.communicator;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** What the communicators of all transports have in common. */
public abstract class RankCommunicator implements Communicator {
  private static final long TO_BE_READ_MILLIS = 300;

  private final String transport;
  private final int rank;
  private final int size;

  /** Creates the communicator of one of {@code size} ranks. */
  protected RankCommunicator(String transport, int rank, int size) {
    this.transport = transport;
    this.rank = rank;
    this.size = size;
  }

  @Override
  public final String transport() {
    return transport;
  }

  @Override
  public final int rank() {
    return rank;
  }

  @Override
  public final int size() {
    return size;
  }

  /** Checks that a message of {@code length} bytes fits into a direct buffer. */
  protected static void require(ByteBuffer data, int length) {
    if (!data.isDirect()) {
      throw new IllegalArgumentException("messages need direct buffers");
    }
    Objects.checkFromIndexSize(0, length, data.capacity());
  }

  /** Replaces negative zeros by positive ones. */
  protected static void withoutNegativeZeros(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.0;
    }
  }

  /** Returns where each part begins in an array of all parts. */
  protected static int[] starts(int[] lengths) {
    int[] starts = new int[lengths.length];
    for (int r = 1; r < lengths.length; r++) {
      starts[r] = Math.addExact(starts[r - 1], lengths[r - 1]);
    }
    return starts;
  }

  /** Copies the parts out of an array of all parts. */
  protected static byte[][] split(byte[] all, int[] starts, int[] lengths) {
    byte[][] parts = new byte[lengths.length][];
    for (int r = 0; r < lengths.length; r++) {
      parts[r] = Arrays.copyOfRange(all, starts[r], starts[r] + lengths[r]);
    }
    return parts;
  }

  /**
   * Waits before an abort: the launcher drops what it has not read of the ranks' output when it
   * hears of one, so it gets time to read the reason.
   */
  protected static void awaitLauncher() {
    try {
      Thread.sleep(TO_BE_READ_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
