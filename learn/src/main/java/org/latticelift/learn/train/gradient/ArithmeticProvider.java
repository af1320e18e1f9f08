package org.latticelift.learn.train.gradient;

/** Offers a faster arithmetic than the plain one; found through the service loader. */
public interface ArithmeticProvider {
  /** Arithmetic for one thread; the same bits as the plain one. */
  BlockArithmetic<float[]> create();
}
