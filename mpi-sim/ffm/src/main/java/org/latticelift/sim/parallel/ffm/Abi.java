package org.latticelift.sim.parallel.ffm;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * What the header of an MPI library tells a C compiler beside the names of functions: how wide
 * handles are, and the values of constants. Two conventions are the same everywhere: success is 0,
 * and what begins a buffer is its address.
 *
 * @param name for messages
 * @param handle layout of a communicator, type, operation, request or error handler
 * @param handles those that every program finds ready
 * @param anySource the source of a message from whichever rank
 * @param serialized the level of threads at which one thread at a time calls
 * @param sourceOffset where a status holds the sender, an int, in bytes
 */
record Abi(
    String name,
    ValueLayout handle,
    Handles handles,
    int anySource,
    int serialized,
    long sourceOffset) {
  /** More than any status has: 24 bytes in Open MPI, 20 in MPICH, 32 in the standard. */
  static final long MOST_STATUS_BYTES = 64;

  /** More than any text of a library has: 8192 characters, and its end. */
  static final long MOST_TEXT_BYTES = 8193;

  private static final Pattern MPICH_AND_RELATIVES =
      Pattern.compile("^(MPICH Version|Intel\\(R\\) MPI|MVAPICH|MPI VERSION *: CRAY MPICH)");

  /**
   * The ABI of a library, which its version tells, and of the standard's its name ({@code library}:
   * name or path); the ABI; an error (exit code 69) if none of this version is known.
   */
  static Abi of(String library, String version, ToLongFunction<String> symbols) {
    if (Path.of(library).getFileName().toString().startsWith("libmpi_abi")) {
      return standard();
    }
    if (version.startsWith("Open MPI v4.") || version.startsWith("Open MPI v5.")) {
      return openMpi(symbols);
    }
    if (MPICH_AND_RELATIVES.matcher(version).find()) {
      return mpich();
    }
    throw MpiLibrary.unusable(
        "the MPI library has no ABI that is known: '" + version + "'", List.of(library));
  }

  /**
   * Open MPI 4 and 5: handles are addresses of variables of the library ({@code mpi.h} of 5.0.7;
   * 4.1 has the same names and the same status).
   */
  private static Abi openMpi(ToLongFunction<String> symbols) {
    return new Abi(
        "Open MPI",
        ValueLayout.JAVA_LONG,
        new Handles(
            symbols.applyAsLong("ompi_mpi_comm_world"),
            symbols.applyAsLong("ompi_mpi_comm_self"),
            symbols.applyAsLong("ompi_mpi_byte"),
            symbols.applyAsLong("ompi_mpi_int64_t"),
            symbols.applyAsLong("ompi_mpi_double"),
            symbols.applyAsLong("ompi_mpi_op_sum"),
            symbols.applyAsLong("ompi_mpi_op_min"),
            symbols.applyAsLong("ompi_mpi_op_max"),
            symbols.applyAsLong("ompi_mpi_errors_return")),
        -1,
        2,
        0);
  }

  /** MPICH and what shares its ABI: handles are numbers ({@code mpi.h} of 4.2.1). */
  private static Abi mpich() {
    return new Abi(
        "MPICH",
        ValueLayout.JAVA_INT,
        new Handles(
            0x44000000,
            0x44000001,
            0x4c00010d,
            0x4c00083a,
            0x4c00080b,
            0x58000003,
            0x58000002,
            0x58000001,
            0x54000001),
        -2,
        2,
        2 * Integer.BYTES);
  }

  /**
   * The ABI of the MPI standard 5.0, version 1.0: handles are small numbers in place of addresses
   * ({@code mpi.h} of the MPI Forum's mpi-abi-stubs). Open MPI 6 and MPICH 5 bring it.
   */
  private static Abi standard() {
    return new Abi(
        "MPI 5.0",
        ValueLayout.JAVA_LONG,
        new Handles(0x101, 0x102, 0x247, 0x258, 0x214, 0x21, 0x22, 0x23, 0x142),
        -1,
        2048,
        0);
  }
}
