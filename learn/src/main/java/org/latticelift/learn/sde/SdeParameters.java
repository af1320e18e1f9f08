package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * The parameters of one trained network: one flat vector in the order of {@link ParameterLayout},
 * and named views of it.
 */
public final class SdeParameters {
  private final List<ParameterSpec> layout;
  private final float[] flat;

  private SdeParameters(List<ParameterSpec> layout, float[] flat) {
    this.layout = layout;
    this.flat = flat;
  }

  /**
   * Wraps a flat vector.
   *
   * @param architecture decides the layout
   * @param flat all values in layout order; copied
   * @return the parameters
   */
  public static SdeParameters of(SdeArchitecture architecture, float[] flat) {
    List<ParameterSpec> layout = ParameterLayout.of(architecture);
    int expected = layout.stream().mapToInt(ParameterSpec::size).sum();
    if (flat.length != expected) {
      throw LatticeLiftException.badData(
          "The parameter vector has " + flat.length + " values",
          "model weights",
          "this architecture needs " + expected,
          "Train the model again");
    }
    return new SdeParameters(layout, flat.clone());
  }

  /**
   * Draws initial parameters (ME-45, ME-47, ME-59).
   *
   * @param architecture decides layout and distributions
   * @param stream random numbers; its state advances
   * @return fresh parameters
   */
  public static SdeParameters initial(SdeArchitecture architecture, RandomStream stream) {
    List<ParameterSpec> layout = ParameterLayout.of(architecture);
    float[] flat = new float[layout.stream().mapToInt(ParameterSpec::size).sum()];
    int offset = 0;
    for (ParameterSpec spec : layout) {
      float[] values = Initialiser.draw(spec, stream);
      System.arraycopy(values, 0, flat, offset, values.length);
      offset += values.length;
    }
    return new SdeParameters(layout, flat);
  }

  /**
   * The parameters' names, shapes and order.
   *
   * @return specifications
   */
  public List<ParameterSpec> layout() {
    return layout;
  }

  /**
   * All values in layout order.
   *
   * @return a copy
   */
  public float[] flat() {
    return flat.clone();
  }

  /**
   * One array by name.
   *
   * @param name as in {@link ParameterSpec#name()}
   * @return a copy, row-major
   */
  public float[] get(String name) {
    int offset = 0;
    for (ParameterSpec spec : layout) {
      if (spec.name().equals(name)) {
        return Arrays.copyOfRange(flat, offset, offset + spec.size());
      }
      offset += spec.size();
    }
    throw new IllegalArgumentException("no parameter " + name);
  }

  /**
   * Whether every value is a finite number.
   *
   * @return false if one is NaN or infinite
   */
  public boolean finite() {
    for (float value : flat) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
