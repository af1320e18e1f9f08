package org.latticelift.learn.ensemble;

import java.util.function.IntFunction;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.RandomStream;

/** Integrates an SDE. Kernels other than the Java one are found by {@link EnsembleKernels}. */
public interface EnsembleKernel {
  /** How configurations call it; value of {@code ensemble.engine}. */
  String name();

  /**
   * Finds out whether the device is there, before anything else is done.
   *
   * @throws org.latticelift.io.error.LatticeLiftException (69) if it is not
   */
  void check();

  /** How many trajectories one task integrates. */
  int block();

  /** Lays out a model. */
  Program program(SdeArchitecture architecture, SdeParameters parameters, double condition);

  /**
   * Lays out a model at a further condition ({@code other}: made of the same parameters, from which
   * what they have in common may be taken), as {@link #program(SdeArchitecture, SdeParameters,
   * double)} makes it.
   */
  default Program program(
      SdeArchitecture architecture, SdeParameters parameters, double condition, Program other) {
    return program(architecture, parameters, condition);
  }

  interface Program {
    /** Trajectories with all states at 0 ({@code noise}: the stream of each, 0 to count - 1). */
    Walkers walkers(int count, IntFunction<RandomStream> noise);

    /**
     * Goes on under this equation where trajectories are that went by another condition ({@code
     * before}: of the same kernel and parameter set; not used any more; {@code noise}: the stream
     * of each, which is overwritten by that of the others); the same states with the same noise to
     * come.
     */
    default Walkers continued(Walkers before, IntFunction<RandomStream> noise) {
      byte[] moved = before.save();
      int count = before.count();
      before.close();
      Walkers after = walkers(count, noise);
      after.restore(moved);
      return after;
    }
  }
}
