package org.latticelift.learn.train.gradient;

import org.latticelift.sim.kernel.FastestKernel;

/** Chooses the arithmetic: vectors where the Vector API is there, else plain Java. */
public final class Arithmetics {
  private static final FastestKernel<ArithmeticProvider> FASTEST =
      new FastestKernel<>(
          ArithmeticProvider.class,
          () -> PlainArithmetic::new,
          "plain training, ten times slower, same results"
              + " (train.engine: djl does without vectors)");

  private Arithmetics() {}

  /**
   * The fastest arithmetic of this Java machine; all have the same bits.
   *
   * @return the vector form, or the plain one when the module {@code jdk.incubator.vector} is
   *     missing
   */
  public static BlockArithmetic<float[]> fastest() {
    return FASTEST.get().create();
  }

  /**
   * The plain twin.
   *
   * @return scalar Java
   */
  public static BlockArithmetic<float[]> plain() {
    return new PlainArithmetic();
  }
}
