package org.latticelift.barrier.vector;

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
 * One kernel class per vector shape from one source. The compiler makes vector instructions only
 * where the shape is a constant of the class, so for another shape than the preferred one the class
 * {@link VectorPanelKernel} is defined once more, as a hidden class with the shape as class data.
 */
final class VectorShapes {
  private static final Map<Integer, VectorShapes> MADE = new ConcurrentHashMap<>();

  private final int bits;
  private final MethodHandle constructor;

  private VectorShapes(int bits) {
    this.bits = bits;
    this.constructor = constructor(bits);
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

  PanelKernel kernel() {
    try {
      return (PanelKernel) constructor.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle constructor(int bits) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      if (bits != preferredBits()) {
        VectorSpecies<Float> shape = VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
        lookup = lookup.defineHiddenClassWithClassData(classFile(), shape, true);
      } else {
        lookup = lookup.in(VectorPanelKernel.class);
      }
      return lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class));
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] classFile() throws IOException {
    String name = VectorPanelKernel.class.getSimpleName() + ".class";
    try (InputStream in = VectorPanelKernel.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new UncheckedIOException(new IOException("class file " + name + " not found"));
      }
      return in.readAllBytes();
    }
  }
}
