package org.latticelift.sim.parallel.tasks;

import java.nio.charset.StandardCharsets;

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
