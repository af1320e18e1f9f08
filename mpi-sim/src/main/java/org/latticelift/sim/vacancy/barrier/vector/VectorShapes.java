package org.latticelift.sim.vacancy.barrier.vector;

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
 * One kernel class per vector shape and length of rows from one source. The compiler makes vector
 * instructions only where the shape is a constant of the class, and short addresses where the
 * length is, so the class {@link VectorPanelKernel} is defined anew for each pair, as a hidden
 * class with the pair as class data.
 */
final class VectorShapes {
  private static final Map<KernelShape, MethodHandle> MADE = new ConcurrentHashMap<>();

  private final VectorSpecies<Float> species;

  private VectorShapes(VectorSpecies<Float> species) {
    this.species = species;
  }

  static VectorShapes of(int bits) {
    return new VectorShapes(VectorSpecies.of(float.class, VectorShape.forBitSize(bits)));
  }

  static int preferredBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  int bits() {
    return species.vectorBitSize();
  }

  /** StoredArrays of a vector. */
  int length() {
    return species.length();
  }

  /** A kernel for rows that begin a number of floats apart. */
  PanelKernel kernel(int stride) {
    MethodHandle constructor =
        MADE.computeIfAbsent(new KernelShape(species, stride), VectorShapes::constructor);
    try {
      return (PanelKernel) constructor.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle constructor(KernelShape shape) {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.lookup().defineHiddenClassWithClassData(classFile(), shape, true);
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
