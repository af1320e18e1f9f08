package org.latticelift.sim.vacancy.barrier;

import org.latticelift.sim.vacancy.barrier.HopBlock.NetworkArithmetic;

/** Makes the arithmetic of networks; faster ones are found through the service loader. */
public interface DenseKernelFactory {
  /** A name for provenance and benchmarks; such as {@code vector-512}. */
  String name();

  /** Arithmetic for one thread; new workspace; the same bits as any other factory's. */
  NetworkArithmetic create(NetworkParameters network);

  /**
   * The fastest chain of multiply-adds this kind of arithmetic can do, measured now ({@code
   * seconds}: how long to measure); operations per second, two per multiply-add; NaN if there is no
   * such measurement.
   */
  double peak(double seconds);
}
