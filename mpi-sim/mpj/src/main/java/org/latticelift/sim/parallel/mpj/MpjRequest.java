package org.latticelift.sim.parallel.mpj;

import java.nio.ByteBuffer;
import mpi.MPI;
import mpi.MPIException;
import mpi.Status;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Request;

/** A message of MPJ Express on its way. */
final class MpjRequest implements Request {
  private final mpi.Request request;
  private final ByteBuffer target;
  private final byte[] message;
  private int length;
  private int peer;
  private boolean complete;

  /** A message that is sent. */
  MpjRequest(mpi.Request request, int length, int peer) {
    this.request = request;
    this.target = null;
    this.message = null;
    this.length = length;
    this.peer = peer;
  }

  /** A message that is received into an array and copied to a buffer. */
  MpjRequest(mpi.Request request, ByteBuffer target, byte[] message) {
    this.request = request;
    this.target = target;
    this.message = message;
    this.peer = Communicator.ANY;
  }

  @Override
  public boolean test() {
    if (!complete) {
      try {
        Status status = request.Test();
        complete = status != null;
        if (complete && target != null) {
          arrived(status);
        }
      } catch (MPIException | IndexOutOfBoundsException e) {
        throw new IllegalStateException("MPJ Express: " + e, e);
      }
    }
    return complete;
  }

  private void arrived(Status status) {
    length = status.Get_count(MPI.BYTE);
    peer = status.source;
    target.put(0, message, 0, length);
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
