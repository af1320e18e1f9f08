package org.latticelift.learn.ensemble;

import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;

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
}
