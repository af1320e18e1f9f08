package org.latticelift.sim.parallel.ffm;

import static org.latticelift.sim.parallel.ffm.MpiLibrary.Parameter.ADDRESS;
import static org.latticelift.sim.parallel.ffm.MpiLibrary.Parameter.HANDLE;
import static org.latticelift.sim.parallel.ffm.MpiLibrary.Parameter.INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of MPI that a transport needs, among all ranks. The library must have been opened
 * before this class is loaded: handles of methods in static final fields are constants for the
 * compiler, so that a call costs a few nanoseconds and allocates nothing. Addresses are plain
 * numbers for the same reason; whoever passes one keeps its memory alive.
 */
final class Mpi {
  /** The level of threads that is asked for. */
  static final int SERIALIZED;

  /** A source of messages: whichever rank. */
  static final int ANY_SOURCE;

  private static final MpiLibrary LIBRARY = MpiLibrary.opened();
  private static final Handles HANDLES = LIBRARY.abi().handles();
  private static final long WORLD = HANDLES.world();
  private static final long SELF = HANDLES.self();
  private static final long BYTES = HANDLES.bytes();
  private static final boolean NUMBERS = LIBRARY.abi().handle() == ValueLayout.JAVA_INT;
  private static final long SOURCE = LIBRARY.abi().sourceOffset();

  static {
    SERIALIZED = LIBRARY.abi().serialized();
    ANY_SOURCE = LIBRARY.abi().anySource();
  }

  private static final MethodHandle INIT_THREAD =
      LIBRARY.function("MPI_Init_thread", ADDRESS, ADDRESS, INT, ADDRESS);
  private static final MethodHandle SET_ERRHANDLER =
      LIBRARY.function("MPI_Comm_set_errhandler", HANDLE, HANDLE);
  private static final MethodHandle RANK = LIBRARY.function("MPI_Comm_rank", HANDLE, ADDRESS);
  private static final MethodHandle SIZE = LIBRARY.function("MPI_Comm_size", HANDLE, ADDRESS);
  private static final MethodHandle ISEND =
      LIBRARY.function("MPI_Isend", ADDRESS, INT, HANDLE, INT, INT, HANDLE, ADDRESS);
  private static final MethodHandle IRECV =
      LIBRARY.function("MPI_Irecv", ADDRESS, INT, HANDLE, INT, INT, HANDLE, ADDRESS);
  private static final MethodHandle TEST = LIBRARY.function("MPI_Test", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ALLREDUCE =
      LIBRARY.function("MPI_Allreduce", ADDRESS, ADDRESS, INT, HANDLE, HANDLE, HANDLE);
  private static final MethodHandle BCAST =
      LIBRARY.function("MPI_Bcast", ADDRESS, INT, HANDLE, INT, HANDLE);
  private static final MethodHandle GATHER =
      LIBRARY.function("MPI_Gather", ADDRESS, INT, HANDLE, ADDRESS, INT, HANDLE, INT, HANDLE);
  private static final MethodHandle GATHERV =
      LIBRARY.function(
          "MPI_Gatherv", ADDRESS, INT, HANDLE, ADDRESS, ADDRESS, ADDRESS, HANDLE, INT, HANDLE);
  private static final MethodHandle BARRIER = LIBRARY.function("MPI_Barrier", HANDLE);
  private static final MethodHandle ABORT = LIBRARY.function("MPI_Abort", HANDLE, INT);
  private static final MethodHandle FINALIZE = LIBRARY.function("MPI_Finalize");
  private static final MethodHandle ERROR_STRING =
      LIBRARY.function("MPI_Error_string", INT, ADDRESS, ADDRESS);

  private Mpi() {}

  /** What a call of a library throws. */
  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("MPI", e);
  }

  /** Throws what the library says of an error. */
  static void check(int code) {
    if (code != 0) {
      throw failed(code);
    }
  }

  static IllegalStateException failed(int code) {
    return new IllegalStateException("MPI: " + text(code));
  }

  private static String text(int code) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(Abi.MOST_TEXT_BYTES);
      MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
      int unknown = (int) ERROR_STRING.invokeExact(code, text.address(), length.address());
      return unknown == 0 ? text.getString(0).strip().replaceAll("\\s*\n\\s*", "; ") : "" + code;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Joins the job; errors return from then on. */
  static int init() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment provided = arena.allocate(ValueLayout.JAVA_INT);
      check((int) INIT_THREAD.invokeExact(0L, 0L, SERIALIZED, provided.address()));
      check((int) SET_ERRHANDLER.invokeExact(WORLD, HANDLES.errorsReturn()));
      check((int) SET_ERRHANDLER.invokeExact(SELF, HANDLES.errorsReturn()));
      return provided.get(ValueLayout.JAVA_INT, 0);
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int rank() {
    return number(RANK);
  }

  static int size() {
    return number(SIZE);
  }

  private static int number(MethodHandle call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
      check((int) call.invokeExact(WORLD, number.address()));
      return number.get(ValueLayout.JAVA_INT, 0);
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Starts to send bytes; the request is written to an address. */
  static int send(long data, int length, int destination, int tag, long request) {
    try {
      return (int) ISEND.invokeExact(data, length, BYTES, destination, tag, WORLD, request);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Starts to receive bytes; the request is written to an address. */
  static int receive(long data, int capacity, int source, int tag, long request) {
    try {
      return (int) IRECV.invokeExact(data, capacity, BYTES, source, tag, WORLD, request);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Whether a request is complete: writes an int and a status. */
  static int test(long request, long complete, long status) {
    try {
      return (int) TEST.invokeExact(request, complete, status);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The sender that a status tells of. */
  static int source(MemorySegment memory, long status) {
    return memory.get(ValueLayout.JAVA_INT, status + SOURCE);
  }

  /** A request that a call has written. */
  static long request(MemorySegment memory, long offset) {
    return NUMBERS
        ? memory.get(ValueLayout.JAVA_INT, offset)
        : memory.get(ValueLayout.JAVA_LONG, offset);
  }

  /** Writes a request for a call to read. */
  static void request(MemorySegment memory, long offset, long request) {
    if (NUMBERS) {
      memory.set(ValueLayout.JAVA_INT, offset, (int) request);
    } else {
      memory.set(ValueLayout.JAVA_LONG, offset, request);
    }
  }

  static int allReduce(long mine, long all, int count, long type, long operation) {
    try {
      return (int) ALLREDUCE.invokeExact(mine, all, count, type, operation, WORLD);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int broadcast(long data, int length, int root) {
    try {
      return (int) BCAST.invokeExact(data, length, BYTES, root, WORLD);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Gathers equally many bytes of all. */
  static int gather(long mine, int length, long all, int root) {
    try {
      return (int) GATHER.invokeExact(mine, length, BYTES, all, length, BYTES, root, WORLD);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Gathers bytes of all, as many as the ints at {@code lengths} say. */
  static int gather(long mine, int length, long all, long lengths, long starts, int root) {
    try {
      return (int)
          GATHERV.invokeExact(mine, length, BYTES, all, lengths, starts, BYTES, root, WORLD);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int barrier() {
    try {
      return (int) BARRIER.invokeExact(WORLD);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int abort(int code) {
    try {
      return (int) ABORT.invokeExact(WORLD, code);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int leave() {
    try {
      return (int) FINALIZE.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static MpiLibrary library() {
    return LIBRARY;
  }
}
