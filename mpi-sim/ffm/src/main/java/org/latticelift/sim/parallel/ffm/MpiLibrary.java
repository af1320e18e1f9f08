package org.latticelift.sim.parallel.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.ffm.MpiLibrary.SharedLibrary;

/**
 * The MPI library of this process, and the ABI that its version has.
 *
 * @param name path or name under which it was found
 * @param version what it says of itself, one line
 * @param abi how it is called
 * @param code the library
 */
record MpiLibrary(String name, String version, Abi abi, SharedLibrary code) {
  /** The environment variable with the path of the library. */
  static final String VARIABLE = "LATTICELIFT_MPI_LIBRARY";

  private static final List<String> STANDARD =
      List.of("libmpi_abi.so.1", "libmpi_abi.so.0", "libmpi_abi.so");
  private static final List<String> OPEN_MPI = List.of("libmpi.so.40");
  private static final List<String> MPICH = List.of("libmpich.so.12", "libmpi.so.12");

  private static MpiLibrary opened;

  /** What a function of MPI takes. */
  enum Parameter {
    /** A communicator, type, operation or error handler. */
    HANDLE,
    /** An address. */
    ADDRESS,
    /** A number. */
    INT
  }

  /**
   * Finds and loads the library, once in a process; the library; an error (exit code 69) if there
   * is none that can be used.
   */
  static synchronized MpiLibrary open(Map<String, String> environment) {
    if (opened == null) {
      opened = load(candidates(environment));
    }
    return opened;
  }

  static synchronized MpiLibrary opened() {
    return opened;
  }

  /** Names to try, in this order: an MPI other than that of the starter would see one rank. */
  static List<String> candidates(Map<String, String> environment) {
    String given = environment.getOrDefault(VARIABLE, "");
    if (!given.isEmpty()) {
      return List.of(given);
    }
    boolean openMpi =
        environment.containsKey("OMPI_COMM_WORLD_SIZE") || environment.containsKey("PMIX_RANK");
    List<String> names = new ArrayList<>(openMpi ? OPEN_MPI : MPICH);
    names.addAll(STANDARD);
    return names;
  }

  private static MpiLibrary load(List<String> names) {
    List<String> complaints = new ArrayList<>();
    for (String name : names) {
      try {
        return of(name, SharedLibrary.open(name));
      } catch (UnsatisfiedLinkError e) {
        complaints.add(e.getMessage());
      }
    }
    throw unusable("no MPI library can be loaded: " + complaints.get(0), names);
  }

  private static MpiLibrary of(String name, SharedLibrary code) {
    String version = version(code);
    return new MpiLibrary(name, version, Abi.of(name, version, code::address), code);
  }

  private static String version(SharedLibrary code) {
    MethodHandle call = code.function("MPI_Get_library_version", JAVA_LONG, JAVA_LONG);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(Abi.MOST_TEXT_BYTES);
      MemorySegment length = arena.allocate(JAVA_INT);
      int failed = (int) call.invokeExact(text.address(), length.address());
      return failed == 0 ? text.getString(0).strip().replaceFirst("(?s)\\s*\n.*", "") : "";
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** An error (exit code 69) that says what can be used. */
  static LatticeLiftException unusable(String what, List<String> names) {
    return new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        what,
        String.join(", ", names),
        "libmpi.so.40 of Open MPI 4 or 5, libmpich.so.12 or libmpi.so.12 of MPICH, or libmpi_abi.so",
        "Install Open MPI or MPICH, or load the site's module; set "
            + VARIABLE
            + " to the library that belongs to mpirun, or choose another transport");
  }

  /**
   * A function of MPI. Handles are passed as long whatever their width. Returns takes long for
   * handles and addresses, int for numbers, and returns the code of an error.
   */
  MethodHandle function(String symbol, Parameter... parameters) {
    MemoryLayout[] layouts =
        Arrays.stream(parameters).map(this::layout).toArray(MemoryLayout[]::new);
    Class<?>[] types =
        Arrays.stream(parameters)
            .map(p -> p == Parameter.INT ? int.class : long.class)
            .toArray(Class<?>[]::new);
    return MethodHandles.explicitCastArguments(
        code.function(symbol, layouts), MethodType.methodType(int.class, types));
  }

  private MemoryLayout layout(Parameter parameter) {
    return switch (parameter) {
      case HANDLE -> abi.handle();
      case ADDRESS -> JAVA_LONG;
      case INT -> JAVA_INT;
    };
  }

  /**
   * A native library, loaded for good and with its symbols visible to all: the plug-ins of an MPI
   * look for those of the library that has loaded them. {@code SymbolLookup} would hide them, and
   * would not say why a library cannot be loaded.
   */
  @SuppressWarnings("restricted") // it is what this class is for
  static final class SharedLibrary {
    /** Resolve all symbols now, show them to all libraries ({@code dlfcn.h} of Linux). */
    private static final int NOW_AND_GLOBAL = 0x2 | 0x100;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN =
        ofSystem("dlopen", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT));
    private static final MethodHandle FIND =
        ofSystem("dlsym", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle ERROR = ofSystem("dlerror", FunctionDescriptor.of(ADDRESS));

    private final long handle;

    private SharedLibrary(long handle) {
      this.handle = handle;
    }

    private static MethodHandle ofSystem(String name, FunctionDescriptor descriptor) {
      return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), descriptor);
    }

    /**
     * Loads a library.
     *
     * @param name a path, or a name that the system looks for
     * @throws UnsatisfiedLinkError with what the system says
     */
    static SharedLibrary open(String name) {
      try (Arena arena = Arena.ofConfined()) {
        long handle = (long) OPEN.invokeExact(arena.allocateFrom(name), NOW_AND_GLOBAL);
        if (handle == 0) {
          throw new UnsatisfiedLinkError(complaint());
        }
        return new SharedLibrary(handle);
      } catch (UnsatisfiedLinkError e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    private static String complaint() throws Throwable {
      MemorySegment text = (MemorySegment) ERROR.invokeExact();
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /**
     * The address of a variable or function.
     *
     * @throws UnsatisfiedLinkError if the library has none of this name
     */
    long address(String symbol) {
      try (Arena arena = Arena.ofConfined()) {
        long address = (long) FIND.invokeExact(handle, arena.allocateFrom(symbol));
        if (address == 0) {
          throw new UnsatisfiedLinkError("no " + symbol);
        }
        return address;
      } catch (UnsatisfiedLinkError e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    MethodHandle function(String symbol, MemoryLayout... parameters) {
      return LINKER.downcallHandle(
          MemorySegment.ofAddress(address(symbol)), FunctionDescriptor.of(JAVA_INT, parameters));
    }
  }
}
