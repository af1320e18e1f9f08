package org.latticelift.sim.parallel.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
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

/** Any MPI whose ABI is known, without bindings. */
public final class FfmTransport implements Transport {
  /** For the service loader. */
  public FfmTransport() {
    // Nothing is loaded before it is opened.
  }

  @Override
  public String name() {
    return "ffm";
  }

  @Override
  public Communicator open(String[] arguments) {
    UcxSignals.requireNone(System.getenv());
    MpiLibrary library = MpiLibrary.open(System.getenv());
    int level = Mpi.init();
    if (level < Mpi.SERIALIZED) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "the MPI library is for one thread only (level " + level + "): " + library.version(),
          library.name(),
          "a level of threads of MPI_THREAD_SERIALIZED",
          "Take a library that was built with support of threads, or another transport");
    }
    return new FfmCommunicator();
  }

  /**
   * A rank of an MPI library. Messages are not copied: the library gets the address of the direct
   * buffer. Between ranks of one machine 8 bytes take about 0.3 us; a message allocates its
   * request, and nothing outside the heap ({@code bench communicator}).
   */
  static final class FfmCommunicator extends RankCommunicator {
    private static final Handles HANDLES = Mpi.library().abi().handles();

    /** Where calls leave what they tell: a request, a number, a status. */
    private static final long REQUEST = 0;

    private static final long NUMBER = 8;
    private static final long STATUS = 16;

    private final MemorySegment told = Arena.global().allocate(STATUS + Abi.MOST_STATUS_BYTES, 8);
    private final long at = told.address();
    private MemorySegment reduced = MemorySegment.NULL;

    FfmCommunicator() {
      super("ffm", Mpi.rank(), Mpi.size());
    }

    @Override
    public Request send(ByteBuffer data, int length, int destination, int tag) {
      Mpi.check(Mpi.send(address(data, length), length, destination, tag, at + REQUEST));
      return new FfmRequest(this, Mpi.request(told, REQUEST), data, false, destination);
    }

    @Override
    public Request receive(ByteBuffer data, int capacity, int source, int tag) {
      int from = source == ANY ? Mpi.ANY_SOURCE : source;
      Mpi.check(Mpi.receive(address(data, capacity), capacity, from, tag, at + REQUEST));
      return new FfmRequest(this, Mpi.request(told, REQUEST), data, true, ANY);
    }

    /** Of the first byte of a buffer, which must not go as long as the library has its address. */
    private static long address(ByteBuffer data, int length) {
      require(data, length);
      return MemorySegment.ofBuffer(data).address() - data.position();
    }

    /** Whether a request is complete; then {@link #peer} is the sender of a message. */
    boolean test(long request) {
      Mpi.request(told, REQUEST, request);
      Mpi.check(Mpi.test(at + REQUEST, at + NUMBER, at + STATUS));
      return told.get(JAVA_INT, NUMBER) != 0;
    }

    /** Sender of the message that was received last. */
    int peer() {
      return Mpi.source(told, STATUS);
    }

    @Override
    public void allReduce(long[] values, Reduction reduction) {
      MemorySegment mine = reduced(values.length);
      MemorySegment.copy(values, 0, mine, JAVA_LONG, 0, values.length);
      long operation =
          switch (reduction) {
            case SUM -> HANDLES.sum();
            case MIN -> HANDLES.min();
            case MAX -> HANDLES.max();
          };
      long all = allReduce(mine, values.length, HANDLES.integers(), operation);
      MemorySegment.copy(mine, JAVA_LONG, all, values, 0, values.length);
    }

    @Override
    public void allReduce(double[] values, Extremum extremum) {
      MemorySegment mine = reduced(values.length);
      MemorySegment.copy(values, 0, mine, JAVA_DOUBLE, 0, values.length);
      long operation = extremum == Extremum.MIN ? HANDLES.min() : HANDLES.max();
      long all = allReduce(mine, values.length, HANDLES.doubles(), operation);
      MemorySegment.copy(mine, JAVA_DOUBLE, all, values, 0, values.length);
      withoutNegativeZeros(values);
    }

    /**
     * Of values in the first half of a block; where the second half begins, which has the result.
     */
    private static long allReduce(MemorySegment block, int count, long type, long operation) {
      long half = block.byteSize() / 2;
      long mine = block.address();
      Mpi.check(Mpi.allReduce(mine, mine + half, count, type, operation));
      return half;
    }

    /**
     * Room for twice so many values; blocks that were too small stay, less than the last in all.
     */
    private MemorySegment reduced(int values) {
      long bytes = 2L * Long.BYTES * values;
      if (reduced.byteSize() < bytes) {
        reduced = Arena.global().allocate(Math.max(bytes, 2 * reduced.byteSize()), Long.BYTES);
      }
      return reduced;
    }

    @Override
    public byte[] broadcast(byte[] data, int root) {
      told.set(JAVA_INT, NUMBER, rank() == root ? data.length : 0);
      Mpi.check(Mpi.broadcast(at + NUMBER, Integer.BYTES, root));
      int length = told.get(JAVA_INT, NUMBER);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment all = arena.allocate(length);
        if (rank() == root) {
          MemorySegment.copy(data, 0, all, JAVA_BYTE, 0, length);
        }
        Mpi.check(Mpi.broadcast(all.address(), length, root));
        return rank() == root ? data : all.toArray(JAVA_BYTE);
      }
    }

    @Override
    public byte[][] gather(byte[] data, int root) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment mine = arena.allocateFrom(JAVA_BYTE, data);
        MemorySegment lengths = arena.allocate(JAVA_INT, size());
        told.set(JAVA_INT, NUMBER, data.length);
        Mpi.check(Mpi.gather(at + NUMBER, Integer.BYTES, lengths.address(), root));
        MemorySegment starts = arena.allocate(JAVA_INT, size());
        int bytes = 0;
        for (int r = 0; r < size() && rank() == root; r++) {
          starts.setAtIndex(JAVA_INT, r, bytes);
          bytes = Math.addExact(bytes, lengths.getAtIndex(JAVA_INT, r));
        }
        MemorySegment all = arena.allocate(bytes);
        Mpi.check(
            Mpi.gather(
                mine.address(),
                data.length,
                all.address(),
                lengths.address(),
                starts.address(),
                root));
        return rank() == root ? split(all, starts, lengths) : new byte[0][];
      }
    }

    private byte[][] split(MemorySegment all, MemorySegment starts, MemorySegment lengths) {
      byte[][] parts = new byte[size()][];
      for (int r = 0; r < size(); r++) {
        long start = starts.getAtIndex(JAVA_INT, r);
        parts[r] = all.asSlice(start, lengths.getAtIndex(JAVA_INT, r)).toArray(JAVA_BYTE);
      }
      return parts;
    }

    @Override
    public void barrier() {
      Mpi.check(Mpi.barrier());
    }

    @Override
    public void abort(int code) {
      awaitLauncher();
      Mpi.check(Mpi.abort(code));
    }

    @Override
    public void close() {
      Mpi.check(Mpi.leave());
      if (rank() == 0) {
        OrderlyEnd.tell(System.getenv());
      }
    }

    /** A message on its way. Holds on to the buffer, whose address the library uses. */
    static final class FfmRequest implements Request {
      private final FfmCommunicator ranks;
      private final long request;
      private ByteBuffer buffer;
      private final boolean receives;
      private int peer;
      private IllegalStateException failure;

      FfmRequest(
          FfmCommunicator ranks, long request, ByteBuffer buffer, boolean receives, int peer) {
        this.ranks = ranks;
        this.request = request;
        this.buffer = buffer;
        this.receives = receives;
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
        if (receives) {
          peer = ranks.peer();
        }
        buffer = null;
        return true;
      }

      @Override
      public int peer() {
        return peer;
      }
    }
  }
}
