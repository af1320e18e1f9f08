package org.latticelift.training.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * One set of kernel classes per vector shape from one source. The compiler makes vector
 * instructions only where the shape is a constant of the class, so for another shape than the
 * preferred one the classes are defined once more, as hidden classes with the shape as class data.
 */
final class VectorShapes {
  private static final Map<Integer, VectorShapes> MADE = new ConcurrentHashMap<>();

  private final int bits;
  private final MethodHandle products;
  private final MethodHandle rows;

  private VectorShapes(int bits) {
    this.bits = bits;
    this.products = constructor(bits, VectorProducts.class);
    this.rows = constructor(bits, VectorRows.class);
  }

  static VectorShapes of(int bits) {
    return MADE.computeIfAbsent(bits, VectorShapes::new);
  }

  static int preferredBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  int bits() {
    return bits;
  }

  BlockProducts products() {
    return (BlockProducts) make(products);
  }

  BlockRows rows() {
    return (BlockRows) make(rows);
  }

  /** The shape a copy of a class was made for, else the preferred one. */
  @SuppressWarnings("unchecked")
  static VectorSpecies<Float> shape(MethodHandles.Lookup lookup) {
    try {
      Object data = MethodHandles.classData(lookup, "_", Object.class);
      return data == null ? FloatVector.SPECIES_PREFERRED : (VectorSpecies<Float>) data;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object make(MethodHandle constructor) {
    try {
      return constructor.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle constructor(int bits, Class<?> type) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      if (bits != preferredBits()) {
        VectorSpecies<Float> shape = VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
        lookup = lookup.defineHiddenClassWithClassData(classFile(type), shape, true);
      } else {
        lookup = lookup.in(type);
      }
      return lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class));
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    String name = type.getSimpleName() + ".class";
    try (InputStream in = type.getResourceAsStream(name)) {
      if (in == null) {
        throw new UncheckedIOException(new IOException("class file " + name + " not found"));
      }
      return in.readAllBytes();
    }
  }
}
