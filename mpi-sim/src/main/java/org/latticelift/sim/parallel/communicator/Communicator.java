package org.latticelift.sim.parallel.communicator;

import java.nio.ByteBuffer;

/**
 * The ranks of a job as one of them sees it. All ranks make the same collective calls in the same
 * order. A communicator is used by one thread at a time, the one that opened it unless another
 * takes over; only {@link #abort} may be called by any thread.
 *
 * <p>Messages are the first bytes of direct buffers, whatever their position and limit. A buffer
 * belongs to the transport from the call until its {@link Request} is complete. Messages of equal
 * sender, receiver and tag arrive in the order in which they were sent.
 */
public interface Communicator extends AutoCloseable {
  /** As a source: whichever rank has sent. */
  int ANY = -1;

  /**
   * The name of the transport.
   *
   * @return for example {@code openmpi}
   */
  String transport();

  /**
   * This rank.
   *
   * @return from 0 to {@link #size()} - 1
   */
  int rank();

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  int size();

  /**
   * Starts to send a message; to oneself is allowed.
   *
   * @param length number of bytes, from the begin of the buffer
   * @param tag from 0 to 32767
   * @return complete when the buffer may be changed
   */
  Request send(ByteBuffer data, int length, int destination, int tag);

  /**
   * Starts to receive a message. One from another rank that is longer than the buffer allows is an
   * error of {@link Request#test()} or {@link Request#await()}.
   *
   * @param capacity number of bytes that may come, from the begin of the buffer
   * @param source rank, or {@link #ANY}
   * @param tag from 0 to 32767
   */
  Request receive(ByteBuffer data, int capacity, int source, int tag);

  /**
   * Reduces arrays element by element over all ranks.
   *
   * @param values of equal length on all ranks; replaced by the result
   */
  void allReduce(long[] values, Reduction reduction);

  /**
   * Reduces arrays of numbers, none of them NaN. Sums are not offered, since their bits depend on
   * the order; a result of zero is the positive one.
   *
   * @param values of equal length on all ranks; replaced by the result
   */
  void allReduce(double[] values, Extremum extremum);

  /**
   * Brings the data of one rank to all.
   *
   * @param data the data on the root; ignored elsewhere
   * @return the data, on the root the same array
   */
  byte[] broadcast(byte[] data, int root);

  /**
   * Brings the data of all ranks to one.
   *
   * @param data of this rank, any length
   * @return by rank on the root, empty elsewhere
   */
  byte[][] gather(byte[] data, int root);

  /** Returns when all ranks have called it. */
  void barrier();

  /**
   * Ends the other ranks as fast as the transport can. It may return; the caller then ends its own
   * process with the code.
   */
  void abort(int code);

  /**
   * Says that this rank takes part in no further collective call. Where the transport can, a rank
   * that waits for it in one, or comes to one, gets an error in place of a wait without end.
   */
  default void ending() {
    // The first rank finds out, when it waits for a call of this one.
  }

  /** Leaves the job in an orderly way; all ranks call it. */
  @Override
  void close();
}
