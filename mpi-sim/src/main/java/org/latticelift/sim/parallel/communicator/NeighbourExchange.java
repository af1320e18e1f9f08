package org.latticelift.sim.parallel.communicator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Exchanges messages of any length with the neighbours of a rank, one message per direction. A rank
 * may be its own neighbour, and the same rank may be the neighbour in several directions: messages
 * carry the direction from which their receiver sees them.
 *
 * <p>Cost: no allocation unless a message is longer than any before. A message of up to the eager
 * size is sent in one piece, a longer one in two; with 26 neighbours and 64 bytes each an exchange
 * takes about 10 us between ranks of one machine ({@code bench communicator}).
 */
public final class NeighbourExchange {
  private static final int HEADER = Integer.BYTES;

  private final Communicator communicator;
  private final int[] neighbours;
  private final int[] opposite;
  private final int firstTag;
  private final int eager;
  private final ByteBuffer[] outgoing;
  private final ByteBuffer[] incoming;
  private final Request[] received;
  private final Request[] sent;
  private final Request[] rest;

  /**
   * Allocates the buffers.
   *
   * @param communicator of this rank
   * @param neighbours rank in each direction
   * @param opposite for each direction the one that leads back
   * @param firstTag direction d uses the tag {@code firstTag + d}
   * @param eagerBytes content that goes in one piece, equal on all ranks
   */
  public NeighbourExchange(
      Communicator communicator, int[] neighbours, int[] opposite, int firstTag, int eagerBytes) {
    if (neighbours.length != opposite.length || eagerBytes < 1) {
      throw new IllegalArgumentException("directions and their opposites, at least one byte");
    }
    int directions = neighbours.length;
    this.communicator = communicator;
    this.neighbours = neighbours.clone();
    this.opposite = opposite.clone();
    this.firstTag = firstTag;
    this.eager = HEADER + eagerBytes;
    this.outgoing = new ByteBuffer[directions];
    this.incoming = new ByteBuffer[directions];
    this.received = new Request[directions];
    this.sent = new Request[directions];
    this.rest = new Request[directions];
    for (int d = 0; d < directions; d++) {
      outgoing[d] = direct(eager).position(HEADER);
      incoming[d] = direct(eager).limit(0);
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * Where to append the content of the next message.
   *
   * @param direction to whom
   * @param bytes that will be appended
   * @return a buffer in native order with at least so many bytes left; valid until the next call
   *     for this direction
   */
  public ByteBuffer outgoing(int direction, int bytes) {
    ByteBuffer buffer = outgoing[direction];
    if (buffer.remaining() < bytes) {
      outgoing[direction] = buffer = grown(buffer, buffer.position() + bytes);
    }
    return buffer;
  }

  private static ByteBuffer grown(ByteBuffer small, int bytes) {
    ByteBuffer large = direct(Math.max(bytes, 2 * small.capacity()));
    large.put(0, small, 0, small.position());
    return large.position(small.position());
  }

  /**
   * What the last exchange has brought.
   *
   * @param direction from whom
   * @return content in native order, from position to limit; valid until the next exchange
   */
  public ByteBuffer incoming(int direction) {
    return incoming[direction];
  }

  /** Sends what was appended, receives what the neighbours send, and empties the outgoing side. */
  public void exchange() {
    begin();
    end();
  }

  /** Begins to send what was appended; nothing is appended or looked at before {@link #end}. */
  public void begin() {
    for (int d = 0; d < neighbours.length; d++) {
      if (neighbours[d] != communicator.rank()) {
        received[d] = communicator.receive(incoming[d].clear(), eager, neighbours[d], firstTag + d);
      }
    }
    for (int d = 0; d < neighbours.length; d++) {
      if (neighbours[d] != communicator.rank()) {
        send(d);
      }
    }
    push();
  }

  /**
   * Lets messages leave now: Open MPI 5 keeps some of a few kilobytes until its rank calls it
   * again, and who waits for them then waits for the rank.
   */
  private void push() {
    for (int d = 0; d < neighbours.length; d++) {
      if (neighbours[d] != communicator.rank()) {
        received[d].test();
      }
    }
  }

  /**
   * Whether {@link #end} need not wait, but for the rest of long messages; after {@link #begin}.
   *
   * @return true if something has come from every neighbour
   */
  public boolean arrived() {
    for (int d = 0; d < neighbours.length; d++) {
      if (neighbours[d] != communicator.rank() && !received[d].test()) {
        return false;
      }
    }
    return true;
  }

  /** Receives what the neighbours send, and empties the outgoing side. */
  public void end() {
    for (int d = 0; d < neighbours.length; d++) {
      if (neighbours[d] == communicator.rank()) {
        copyFromSelf(d);
      } else {
        receive(d);
      }
    }
    finish();
  }

  private void send(int d) {
    ByteBuffer buffer = outgoing[d];
    int bytes = buffer.position();
    int tag = firstTag + opposite[d];
    buffer.putInt(0, bytes);
    sent[d] = communicator.send(buffer, Math.min(bytes, eager), neighbours[d], tag);
    rest[d] = null;
    if (bytes > eager) {
      ByteBuffer tail = buffer.slice(eager, bytes - eager);
      rest[d] = communicator.send(tail, bytes - eager, neighbours[d], tag);
    }
  }

  private void receive(int d) {
    received[d].await();
    int bytes = incoming[d].getInt(0);
    if (bytes > eager) {
      ensure(d, bytes);
      ByteBuffer tail = incoming[d].slice(eager, bytes - eager);
      communicator.receive(tail, bytes - eager, neighbours[d], firstTag + d).await();
    }
    incoming[d].limit(bytes).position(HEADER);
  }

  private void copyFromSelf(int d) {
    ByteBuffer from = outgoing[opposite[d]];
    ensure(d, from.position());
    incoming[d].clear();
    incoming[d].put(0, from, 0, from.position());
    incoming[d].limit(from.position()).position(HEADER);
  }

  private void ensure(int d, int bytes) {
    if (incoming[d].capacity() < bytes) {
      ByteBuffer large = direct(Math.max(bytes, 2 * incoming[d].capacity()));
      incoming[d].clear();
      incoming[d] = large.put(0, incoming[d], 0, eager);
    }
    incoming[d].clear();
  }

  private void finish() {
    for (int d = 0; d < neighbours.length; d++) {
      if (neighbours[d] != communicator.rank()) {
        sent[d].await();
        if (rest[d] != null) {
          rest[d].await();
        }
      }
      outgoing[d].position(HEADER);
    }
  }
}
