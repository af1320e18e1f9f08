package org.latticelift.sim.parallel.communicator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What one rank has been sent and has not yet asked for, and what it asks for that has not come.
 */
final class Mailbox {
  private final List<Letter> letters = new ArrayList<>();
  private final List<Receipt> expected = new ArrayList<>();

  /** A copy of a message without a receiver yet. */
  private record Letter(ByteBuffer data, int length, int source, int tag) {}

  synchronized void put(ByteBuffer data, int length, int source, int tag) {
    for (Iterator<Receipt> all = expected.iterator(); all.hasNext(); ) {
      Receipt receipt = all.next();
      if (receipt.takes(source, tag)) {
        all.remove();
        receipt.fill(data, length, source);
        return;
      }
    }
    ByteBuffer copy = ByteBuffer.allocate(length);
    copy.put(0, whole(data), 0, length);
    letters.add(new Letter(copy, length, source, tag));
  }

  synchronized void expect(Receipt receipt) {
    for (Iterator<Letter> all = letters.iterator(); all.hasNext(); ) {
      Letter letter = all.next();
      if (receipt.takes(letter.source(), letter.tag())) {
        all.remove();
        receipt.fill(letter.data(), letter.length(), letter.source());
        return;
      }
    }
    expected.add(receipt);
  }

  /** Position and limit do not matter. */
  private static ByteBuffer whole(ByteBuffer buffer) {
    return buffer.duplicate().clear();
  }

  /** A message that is asked for. */
  static final class Receipt implements Request {
    private final ByteBuffer data;
    private final int capacity;
    private final int source;
    private final int tag;
    private final Runnable check;
    private int length;
    private int peer;
    private volatile boolean complete;

    /**
     * @param check throws where nothing will come any more
     */
    Receipt(ByteBuffer data, int capacity, int source, int tag, Runnable check) {
      this.data = data;
      this.capacity = capacity;
      this.source = source;
      this.tag = tag;
      this.check = check;
    }

    private boolean takes(int from, int itsTag) {
      return tag == itsTag && (source == Communicator.ANY || source == from);
    }

    private void fill(ByteBuffer message, int bytes, int from) {
      if (bytes <= capacity) {
        whole(data).put(0, whole(message), 0, bytes);
      }
      length = bytes;
      peer = from;
      complete = true;
    }

    @Override
    public boolean test() {
      if (!complete) {
        check.run();
        return false; // what comes meanwhile is looked at next time
      }
      if (length > capacity) {
        throw new IllegalStateException(
            "a message of " + length + " bytes came where " + capacity + " were expected");
      }
      return true;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public int peer() {
      return peer;
    }
  }
}
