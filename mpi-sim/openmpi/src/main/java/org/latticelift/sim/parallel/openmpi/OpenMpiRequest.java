package org.latticelift.sim.parallel.openmpi;

import java.nio.ByteBuffer;
import mpi.MPI;
import mpi.MPIException;
import mpi.Status;
import org.latticelift.sim.parallel.communicator.Request;

/** A message of Open MPI on its way. Holds on to the buffer, whose address Open MPI uses. */
final class OpenMpiRequest implements Request {
  /** Length of a message that has not come yet. */
  static final int UNKNOWN = -1;

  private final mpi.Request request;
  private ByteBuffer buffer;
  private int length;
  private int peer;
  private final boolean receives;

  OpenMpiRequest(mpi.Request request, ByteBuffer buffer, int length, int peer) {
    this.request = request;
    this.buffer = buffer;
    this.length = length;
    this.peer = peer;
    this.receives = length == UNKNOWN;
  }

  @Override
  public boolean test() {
    if (buffer == null) {
      return true;
    }
    try {
      boolean complete = receives ? arrived(request.testStatus()) : request.test();
      if (complete) {
        buffer = null;
      }
      return complete;
    } catch (MPIException e) {
      throw OpenMpiCommunicator.failed(e);
    }
  }

  private boolean arrived(Status status) throws MPIException {
    if (status == null) {
      return false;
    }
    length = status.getCount(MPI.BYTE);
    peer = status.getSource();
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
