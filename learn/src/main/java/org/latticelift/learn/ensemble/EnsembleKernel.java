package org.latticelift.learn.ensemble;

import java.util.function.IntFunction;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.RandomStream;

/** Integrates an SDE. Kernels other than the Java one are found by {@link EnsembleKernels}. */
public interface EnsembleKernel {
  /**
   * How configurations call it.
   *
   * @return value of {@code ensemble.engine}
   */
  String name();

  /**
   * Finds out whether the device is there, before anything else is done.
   *
   * @throws org.latticelift.io.error.LatticeLiftException (69) if it is not
   */
  void check();

  /**
   * How many trajectories one task integrates.
   *
   * @return the most
   */
  int block();

  /**
   * Lays out a model.
   *
   * @param architecture its shape
   * @param parameters its parameters
   * @param condition value of the varied parameter
   * @return a program for any number of threads
   */
  Program program(SdeArchitecture architecture, SdeParameters parameters, double condition);

  /** One parameter set at one condition. */
  interface Program {
    /**
     * Trajectories with all states at 0.
     *
     * @param count how many
     * @param noise the stream of each, 0 to count - 1
     * @return for one thread
     */
    Walkers walkers(int count, IntFunction<RandomStream> noise);
  }
}
