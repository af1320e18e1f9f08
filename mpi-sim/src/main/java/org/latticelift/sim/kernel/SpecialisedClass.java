package org.latticelift.sim.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies of a class, one for each value of its constants, from one source. The compiler makes
 * vector instructions only where the shape is a constant of the class, and short addresses where a
 * length is, so the class is defined anew as a hidden class with the constants as its data.
 */
public final class SpecialisedClass {
  private static final MethodType NO_PARAMETERS = MethodType.methodType(void.class);
  private static final Map<Copy, MethodHandle> MADE = new ConcurrentHashMap<>();

  private record Copy(Class<?> source, Object constants) {}

  private SpecialisedClass() {}

  /**
   * A new instance of the copy for some constants, which is defined at the first call ({@code
   * source}: the class, with a constructor without parameters; {@code constants}: found by {@link
   * #constants} when the copy is initialised; equal ones share a copy).
   */
  public static <T> T instance(
      Lookup caller, Class<T> type, Class<? extends T> source, Object constants) {
    MethodHandle constructor =
        MADE.computeIfAbsent(new Copy(source, constants), copy -> define(caller, copy));
    try {
      return type.cast(constructor.invoke());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The constants of a copy; called by its static initialiser; null in the class itself, which is
   * no copy.
   */
  public static <C> C constants(Lookup lookup, Class<C> type) {
    try {
      return MethodHandles.classData(lookup, "_", type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle define(Lookup caller, Copy copy) {
    try {
      Lookup lookup =
          caller.defineHiddenClassWithClassData(classFile(copy.source), copy.constants, true);
      return lookup.findConstructor(lookup.lookupClass(), NO_PARAMETERS);
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] classFile(Class<?> source) throws IOException {
    String name = source.getName().substring(source.getPackageName().length() + 1) + ".class";
    try (InputStream in = source.getResourceAsStream(name)) {
      if (in == null) {
        throw new UncheckedIOException(new IOException("class file " + name + " not found"));
      }
      return in.readAllBytes();
    }
  }
}
