package org.latticelift.sim.kernel.vector;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.sim.kernel.SpecialisedClass;

/**
 * Vectors of a number of bits, and classes of loops for them: the class itself for the preferred
 * shape of this machine, a copy for any other ({@code bits}: 128, 256 or 512).
 */
public record VectorShape(int bits) {
  /** The shape this machine prefers; 128, 256 or 512 bits. */
  public static VectorShape preferred() {
    return new VectorShape(FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  /** Vectors of this shape. */
  public VectorSpecies<Float> floats() {
    return VectorSpecies.of(float.class, jdk.incubator.vector.VectorShape.forBitSize(bits));
  }

  /**
   * The shape a class was defined for, else the preferred one; called by its initialiser; the
   * species to compute with.
   */
  @SuppressWarnings("unchecked")
  public static VectorSpecies<Float> ofClass(Lookup lookup) {
    VectorSpecies<Float> species = SpecialisedClass.constants(lookup, VectorSpecies.class);
    return species == null ? FloatVector.SPECIES_PREFERRED : species;
  }

  /**
   * An instance of a class for this shape ({@code source}: the class, with a constructor without
   * parameters).
   */
  public <T> T create(Lookup caller, Class<T> type, Class<? extends T> source) {
    if (!equals(preferred())) {
      return SpecialisedClass.instance(caller, type, source, floats());
    }
    try {
      MethodType plain = MethodType.methodType(void.class);
      return type.cast(caller.in(source).findConstructor(source, plain).invoke());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
