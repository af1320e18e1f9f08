package org.latticelift.learn.train;

import org.latticelift.learn.sde.SdeArchitecture;

/** Makes objectives of one kind of arithmetic. */
interface GradientEngine {
  /** Name and version, for provenance. */
  String name();

  /**
   * An objective for one training.
   *
   * @param problem pairs, covariance, and what the diffusion is fitted to
   */
  SdeObjective open(SdeArchitecture architecture, TrainingProblem problem);
}
