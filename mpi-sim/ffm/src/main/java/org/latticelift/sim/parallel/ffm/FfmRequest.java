package org.latticelift.sim.parallel.ffm;

import java.nio.ByteBuffer;
import org.latticelift.sim.parallel.communicator.Request;

/** A message on its way. Holds on to the buffer, whose address the library uses. */
final class FfmRequest implements Request {
  /** Length of a message that has not come yet. */
  static final int UNKNOWN = -1;

  private final FfmCommunicator ranks;
  private final long request;
  private ByteBuffer buffer;
  private int length;
  private int peer;
  private IllegalStateException failure;

  FfmRequest(FfmCommunicator ranks, long request, ByteBuffer buffer, int length, int peer) {
    this.ranks = ranks;
    this.request = request;
    this.buffer = buffer;
    this.length = length;
    this.peer = peer;
  }

  @Override
  public boolean test() {
    if (buffer == null) {
      return true;
    }
    if (failure != null) {
      throw failure; // the library has forgotten the request
    }
    try {
      return complete();
    } catch (IllegalStateException e) {
      failure = e;
      throw e;
    }
  }

  private boolean complete() {
    if (!ranks.test(request)) {
      return false;
    }
    if (length == UNKNOWN) {
      length = ranks.length();
      peer = ranks.peer();
    }
    buffer = null;
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
