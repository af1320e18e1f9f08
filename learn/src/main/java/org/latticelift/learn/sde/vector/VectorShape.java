package org.latticelift.learn.sde.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One class of loops per vector shape from one source. The compiler makes vector instructions only
 * where the shape is a constant of the class, so for another shape than the preferred one a class
 * is defined once more, as a hidden class with the shape as class data.
 *
 * @param bits 128, 256 or 512
 */
public record VectorShape(int bits) {
  /**
   * The shape this machine prefers.
   *
   * @return 128, 256 or 512 bits
   */
  public static VectorShape preferred() {
    return new VectorShape(FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  /**
   * The shape a class was defined for, else the preferred one; called by its initialiser.
   *
   * @param lookup of the class
   * @return the species to compute with
   */
  @SuppressWarnings("unchecked")
  public static VectorSpecies<Float> ofClass(Lookup lookup) {
    try {
      Object data = MethodHandles.classData(lookup, "_", Object.class);
      return data == null ? FloatVector.SPECIES_PREFERRED : (VectorSpecies<Float>) data;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An instance of a class for this shape.
   *
   * @param <T> type of the loops
   * @param caller of the package that the class is in
   * @param type interface of the loops
   * @param source the class, with a constructor without parameters
   * @return a new instance
   */
  public <T> T create(Lookup caller, Class<T> type, Class<? extends T> source) {
    try {
      Lookup lookup = equals(preferred()) ? caller.in(source) : hidden(caller, source);
      MethodType plain = MethodType.methodType(void.class);
      return type.cast(lookup.findConstructor(lookup.lookupClass(), plain).invoke());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Lookup hidden(Lookup lookup, Class<?> source) throws IllegalAccessException, IOException {
    VectorSpecies<Float> species =
        VectorSpecies.of(float.class, jdk.incubator.vector.VectorShape.forBitSize(bits));
    return lookup.defineHiddenClassWithClassData(classFile(source), species, true);
  }

  private static byte[] classFile(Class<?> source) throws IOException {
    String name = source.getSimpleName() + ".class";
    try (InputStream in = source.getResourceAsStream(name)) {
      if (in == null) {
        throw new UncheckedIOException(new IOException("class file " + name + " not found"));
      }
      return in.readAllBytes();
    }
  }
}
