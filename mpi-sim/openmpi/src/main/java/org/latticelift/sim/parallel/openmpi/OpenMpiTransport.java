package org.latticelift.sim.parallel.openmpi;

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
import org.latticelift.sim.parallel.communicator.OrderlyEnd;
import org.latticelift.sim.parallel.communicator.RankCommunicator;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.parallel.communicator.Request;
import org.latticelift.sim.parallel.communicator.Transport;
import org.latticelift.sim.parallel.communicator.UcxSignals;

/** Open MPI, version 4 or 5. */
public final class OpenMpiTransport implements Transport {
  /** For the service loader. */
  public OpenMpiTransport() {
    // Nothing is loaded before it is opened.
  }

  @Override
  public String name() {
    return "openmpi";
  }

  @Override
  public Communicator open(String[] arguments) {
    UcxSignals.requireNone(System.getenv());
    try {
      MPI.InitThread(arguments, MPI.THREAD_SERIALIZED);
      MPI.COMM_WORLD.setErrhandler(MPI.ERRORS_RETURN);
      return new OpenMpiCommunicator(MPI.COMM_WORLD);
    } catch (MPIException | LinkageError e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "Open MPI cannot be used: " + e.getMessage(),
          System.getProperty("java.library.path"),
          "libmpi_java.so of the Open MPI that mpirun belongs to",
          "Run 'latticelift doctor', or set LATTICELIFT_MPI_JAR to the mpi.jar of this Open MPI",
          e);
    }
  }

  /**
   * A rank of Open MPI. Messages are not copied: Open MPI gets the address of the direct buffer.
   * Between ranks of one machine 8 bytes take about 0.4 us, an allreduce as long.
   */
  static final class OpenMpiCommunicator extends RankCommunicator {
    private final Intracomm world;

    OpenMpiCommunicator(Intracomm world) throws MPIException {
      super("openmpi", world.getRank(), world.getSize());
      this.world = world;
    }

    private interface Call<T> {
      T run() throws MPIException;
    }

    static <T> T call(Call<T> call) {
      try {
        return call.run();
      } catch (MPIException e) {
        throw failed(e);
      }
    }

    static IllegalStateException failed(MPIException e) {
      return new IllegalStateException("Open MPI: " + e.getMessage(), e);
    }

    @Override
    public Request send(ByteBuffer data, int length, int destination, int tag) {
      require(data, length);
      try {
        return new OpenMpiRequest(
            world.iSend(data, length, MPI.BYTE, destination, tag), data, false, destination);
      } catch (MPIException e) {
        throw failed(e);
      }
    }

    @Override
    public Request receive(ByteBuffer data, int capacity, int source, int tag) {
      require(data, capacity);
      try {
        int from = source == ANY ? MPI.ANY_SOURCE : source;
        return new OpenMpiRequest(
            world.iRecv(data, capacity, MPI.BYTE, from, tag), data, true, ANY);
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
      try {
        world.allReduce(values, values.length, MPI.LONG, op);
      } catch (MPIException e) {
        throw failed(e);
      }
    }

    @Override
    public void allReduce(double[] values, Extremum extremum) {
      try {
        world.allReduce(
            values, values.length, MPI.DOUBLE, extremum == Extremum.MIN ? MPI.MIN : MPI.MAX);
      } catch (MPIException e) {
        throw failed(e);
      }
      withoutNegativeZeros(values);
    }

    @Override
    public byte[] broadcast(byte[] data, int root) {
      return call(
          () -> {
            int[] length = {rank() == root ? data.length : 0};
            world.bcast(length, 1, MPI.INT, root);
            byte[] all = rank() == root ? data : new byte[length[0]];
            world.bcast(all, all.length, MPI.BYTE, root);
            return all;
          });
    }

    @Override
    public byte[][] gather(byte[] data, int root) {
      return call(
          () -> {
            int[] lengths = new int[rank() == root ? size() : 1];
            world.gather(new int[] {data.length}, 1, MPI.INT, lengths, 1, MPI.INT, root);
            int[] starts = starts(lengths);
            int last = lengths.length - 1;
            byte[] all = new byte[rank() == root ? Math.addExact(starts[last], lengths[last]) : 0];
            world.gatherv(data, data.length, MPI.BYTE, all, lengths, starts, MPI.BYTE, root);
            return rank() == root ? split(all, starts, lengths) : new byte[0][];
          });
    }

    @Override
    public void barrier() {
      try {
        world.barrier();
      } catch (MPIException e) {
        throw failed(e);
      }
    }

    @Override
    public void abort(int code) {
      awaitLauncher();
      try {
        world.abort(code);
      } catch (MPIException e) {
        throw failed(e);
      }
    }

    @Override
    public void close() {
      try {
        MPI.Finalize();
      } catch (MPIException e) {
        throw failed(e);
      }
      if (rank() == 0) {
        OrderlyEnd.tell(System.getenv());
      }
    }

    /** A message of Open MPI on its way. Holds on to the buffer, whose address Open MPI uses. */
    static final class OpenMpiRequest implements Request {
      private final mpi.Request request;
      private ByteBuffer buffer;
      private int peer;
      private final boolean receives;

      OpenMpiRequest(mpi.Request request, ByteBuffer buffer, boolean receives, int peer) {
        this.request = request;
        this.buffer = buffer;
        this.peer = peer;
        this.receives = receives;
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
        peer = status.getSource();
        return true;
      }

      @Override
      public int peer() {
        return peer;
      }
    }
  }
}
