package org.latticelift.sim.parallel.mpj;

import java.nio.ByteBuffer;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Op;
import mpi.Status;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Extremum;
import org.latticelift.sim.parallel.communicator.RankCommunicator;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.parallel.communicator.Request;
import org.latticelift.sim.parallel.communicator.Transport;

/** MPJ Express 0.44 with its device for sockets. */
public final class MpjTransport implements Transport {
  /** For the service loader. */
  public MpjTransport() {
    // Nothing is loaded before it is opened.
  }

  @Override
  public String name() {
    return "mpj";
  }

  @Override
  public Communicator open(String[] arguments) {
    try {
      MPI.Init(arguments.clone());
      return new MpjCommunicator(MPI.COMM_WORLD);
    } catch (MPIException | LinkageError e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "MPJ Express cannot be used: " + e,
          String.join(" ", arguments),
          "rank, settings and device, as its starter gives them",
          "Start with 'latticelift --np N --transport mpj'",
          e);
    }
  }

  /**
   * A rank of MPJ Express. Its messages are arrays, so the content of a buffer is copied on both
   * sides. A message takes some 50 us: enough for tasks, slow for neighbours.
   */
  static final class MpjCommunicator extends RankCommunicator {
    private final Intracomm world;

    MpjCommunicator(Intracomm world) {
      super("mpj", world.Rank(), world.Size());
      this.world = world;
    }

    static IllegalStateException failed(MPIException e) {
      return new IllegalStateException("MPJ Express: " + e.getMessage(), e);
    }

    @Override
    public Request send(ByteBuffer data, int length, int destination, int tag) {
      require(data, length);
      byte[] message = new byte[length];
      data.duplicate().clear().get(0, message);
      try {
        return new MpjRequest(
            world.Isend(message, 0, length, MPI.BYTE, destination, tag), destination);
      } catch (MPIException e) {
        throw failed(e);
      }
    }

    @Override
    public Request receive(ByteBuffer data, int capacity, int source, int tag) {
      require(data, capacity);
      byte[] message = new byte[capacity];
      try {
        int from = source == ANY ? MPI.ANY_SOURCE : source;
        return new MpjRequest(
            world.Irecv(message, 0, capacity, MPI.BYTE, from, tag),
            data.duplicate().clear(),
            message);
      } catch (MPIException e) {
        throw failed(e);
      }
    }

    @Override
    public void allReduce(long[] values, Reduction reduction) {
      Op op =
          switch (reduction) {
            case SUM -> MPI.SUM;
            case MIN -> MPI.MIN;
            case MAX -> MPI.MAX;
          };
      long[] mine = values.clone();
      world.Allreduce(mine, 0, values, 0, values.length, MPI.LONG, op);
    }

    @Override
    public void allReduce(double[] values, Extremum extremum) {
      double[] mine = values.clone();
      Op op = extremum == Extremum.MIN ? MPI.MIN : MPI.MAX;
      world.Allreduce(mine, 0, values, 0, values.length, MPI.DOUBLE, op);
      withoutNegativeZeros(values);
    }

    @Override
    public byte[] broadcast(byte[] data, int root) {
      int[] length = {rank() == root ? data.length : 0};
      world.Bcast(length, 0, 1, MPI.INT, root);
      byte[] all = rank() == root ? data : new byte[length[0]];
      if (all.length > 0) {
        world.Bcast(all, 0, all.length, MPI.BYTE, root);
      }
      return all;
    }

    @Override
    public byte[][] gather(byte[] data, int root) {
      int[] lengths = new int[size()];
      world.Gather(new int[] {data.length}, 0, 1, MPI.INT, lengths, 0, 1, MPI.INT, root);
      int[] starts = starts(lengths);
      int last = lengths.length - 1;
      byte[] all = new byte[Math.addExact(starts[last], lengths[last])];
      world.Gatherv(data, 0, data.length, MPI.BYTE, all, 0, lengths, starts, MPI.BYTE, root);
      return rank() == root ? split(all, starts, lengths) : new byte[0][];
    }

    @Override
    public void barrier() {
      world.Barrier();
    }

    @Override
    public void abort(int code) {
      // The caller ends its process; the starter then ends the others (MpjStarter).
    }

    @Override
    public void close() {
      MPI.Finalize();
    }

    /** A message of MPJ Express on its way. */
    static final class MpjRequest implements Request {
      private final mpi.Request request;
      private final ByteBuffer target;
      private final byte[] message;
      private int peer;
      private boolean complete;

      MpjRequest(mpi.Request request, int peer) {
        this.request = request;
        this.target = null;
        this.message = null;
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
        peer = status.source;
        target.put(0, message, 0, status.Get_count(MPI.BYTE));
      }

      @Override
      public int peer() {
        return peer;
      }
    }
  }
}
