package org.latticelift.sim.parallel.tasks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Request;

/**
 * Sends and receives {@link MessageChannel.Message}s. The first piece carries up to {@link #INLINE}
 * bytes of content, a second one the rest.
 */
final class MessageChannel {
  /** Tag of calls; answers and long contents have the next ones. */
  static final int CALL = 32_000;

  /** Tag of answers. */
  static final int ANSWER = 32_001;

  private static final int REST = 32_002;
  private static final int HEADER = 2 * Integer.BYTES + 2 * Long.BYTES + 1;
  private static final int INLINE = 8_000;

  private final Communicator communicator;
  private final ByteBuffer out = ByteBuffer.allocateDirect(HEADER + INLINE);
  private final ByteBuffer in = ByteBuffer.allocateDirect(HEADER + INLINE);
  private Request expected;

  MessageChannel(Communicator communicator) {
    this.communicator = communicator;
  }

  /** Sends a message; returns when it is on its way. */
  void send(Message message, int destination, int tag) {
    byte[] content = message.content();
    int inline = Math.min(content.length, INLINE);
    out.clear();
    out.putInt(message.kind().ordinal()).put((byte) (message.stop() ? 1 : 0));
    out.putLong(message.number()).putLong(message.second()).putInt(content.length);
    out.put(content, 0, inline);
    communicator.send(out, out.position(), destination, tag).await();
    if (inline < content.length) {
      int rest = content.length - inline;
      ByteBuffer more = ByteBuffer.allocateDirect(rest).put(content, inline, rest);
      communicator.send(more, rest, destination, REST).await();
    }
  }

  /** Whether a message has come; the first question starts to receive. */
  boolean arrived(int source, int tag) {
    if (expected == null) {
      expected = communicator.receive(in, in.capacity(), source, tag);
    }
    return expected.test();
  }

  /** The message that has come, or comes. */
  Message take(int source, int tag) {
    if (!arrived(source, tag)) {
      expected.await();
    }
    in.clear();
    Kind kind = Kind.values()[in.getInt()];
    boolean stop = in.get() != 0;
    long number = in.getLong();
    long second = in.getLong();
    byte[] content = new byte[in.getInt()];
    int inline = Math.min(content.length, INLINE);
    in.get(content, 0, inline);
    if (inline < content.length) {
      takeRest(content, inline);
    }
    return new Message(kind, stop, number, second, content);
  }

  private void takeRest(byte[] content, int from) {
    int rest = content.length - from;
    ByteBuffer more = ByteBuffer.allocateDirect(rest);
    communicator.receive(more, rest, expected.peer(), REST).await();
    more.get(0, content, from, rest);
  }

  /** Who has sent the message taken last; frees the place for the next one. */
  int done() {
    int peer = expected.peer();
    expected = null;
    return peer;
  }

  /**
   * A call or its answer.
   *
   * @param kind of a call; of an answer the kind of its call
   * @param stop whether the sender has been asked to stop
   * @param number see {@link Kind}; in answers a task or a decision, in a failed one -1
   * @param second see {@link Kind}
   * @param content text or bytes, may be empty
   */
  record Message(Kind kind, boolean stop, long number, long second, byte[] content) {
    private static final byte[] NOTHING = {};

    static Message of(Kind kind, boolean stop, long number) {
      return new Message(kind, stop, number, 0, NOTHING);
    }

    static Message of(Kind kind, boolean stop, long number, String text) {
      return new Message(kind, stop, number, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  /** What a rank calls the first one for. */
  enum Kind {
    /**
     * It has come to a question: how does the first rank decide? The number is that of the phase.
     */
    ASK,
    /**
     * Its command has ended; answered with the exit code of the job when that holds for all ranks.
     */
    END,
    /** It has come to tasks; as above. The second number is the number of tasks. */
    ENTER,
    /**
     * A thread wants a task. The number is the task it has finished, or -1; content: its result.
     */
    NEXT,
    /** Announces a file that is being written: name and checksum. */
    ANNOUNCE,
    /** Records a committed file: name and checksum. */
    PUT,
    /** Withdraws a file: name. */
    REMOVE,
    /** Steps done since the last time, and how the work stands. */
    PROGRESS,
    /** Something worth a line. */
    TELL,
    /** A task has failed: exit code and message. */
    FAIL,
    /** No thread works any more; answered when that holds for all ranks. */
    LEAVE
  }
}
