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

/**
 * A native library, loaded for good and with its symbols visible to all: the plug-ins of an MPI
 * look for those of the library that has loaded them. {@code SymbolLookup} would hide them, and
 * would not say why a library cannot be loaded.
 */
@SuppressWarnings("restricted") // it is what this class is for
final class SharedLibrary {
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

  /**
   * A function that returns an int.
   *
   * @param symbol its name
   * @param parameters layouts of its parameters
   */
  MethodHandle function(String symbol, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        MemorySegment.ofAddress(address(symbol)), FunctionDescriptor.of(JAVA_INT, parameters));
  }
}
