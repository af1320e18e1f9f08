package org.latticelift.learn.closure;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;

/**
 * One array of trainable numbers.
 *
 * @param name path below {@code /weights}
 * @param shape lengths of the axes, outputs first
 * @param start how a training begins
 * @param scale bound of a uniform law, or standard deviation of a normal one
 */
record ParameterArray(String name, long[] shape, Start start, double scale) {
  /** Laws of initial numbers (PP-32, IS-42). */
  enum Start {
    /** All 0. */
    ZERO,
    /** Uniform in (-scale, scale). */
    UNIFORM,
    /** Normal around 0. */
    NORMAL,
    /** Normal around 1. */
    NORMAL_AROUND_ONE
  }

  /** Weights of Glorot's bound. */
  static ParameterArray glorot(String name, int outputs, int inputs) {
    double bound = Math.sqrt(6.0 / (inputs + outputs));
    return new ParameterArray(name, new long[] {outputs, inputs}, Start.UNIFORM, bound);
  }

  /** Offsets of the usual bound, one over the root of the number of inputs. */
  static ParameterArray offset(String name, int outputs, int inputs) {
    return new ParameterArray(name, new long[] {outputs}, Start.UNIFORM, 1 / Math.sqrt(inputs));
  }

  int size() {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
  }

  void draw(float[] into, int at, RandomStream stream) {
    for (int i = at; i < at + size(); i++) {
      into[i] =
          switch (start) {
            case ZERO -> 0;
            case UNIFORM -> (float) (scale * (2 * stream.uniform() - 1));
            case NORMAL -> (float) (scale * stream.normal());
            case NORMAL_AROUND_ONE -> (float) (1 + scale * stream.normal());
          };
    }
  }
}
