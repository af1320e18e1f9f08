package org.latticelift.learn.train.gradient;

import java.util.ServiceLoader;

/** Chooses the arithmetic: vectors where the Vector API is there, else plain Java. */
public final class Arithmetics {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static final System.Logger LOG = System.getLogger(Arithmetics.class.getName());

  private Arithmetics() {}

  /**
   * The fastest arithmetic of this Java machine; all have the same bits.
   *
   * @return the vector form, or the plain one when the module {@code jdk.incubator.vector} is
   *     missing
   */
  public static BlockArithmetic<float[]> fastest() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "module {0} is missing: plain training, ten times slower, same results;"
              + " start Java with --add-modules {0}, or set train.engine to djl",
          VECTOR_MODULE);
      return plain();
    }
    return ServiceLoader.load(ArithmeticProvider.class)
        .findFirst()
        .map(ArithmeticProvider::create)
        .orElseGet(Arithmetics::plain);
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
