package org.latticelift.learn.train;

import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.gradient.SdeObjective;
import org.latticelift.learn.train.gradient.TrainingProblem;

/** Makes objectives of one kind of arithmetic. */
interface GradientEngine {
  /** Name and version, for provenance. */
  String name();

  /**
   * An objective for one training ({@code problem}: pairs, covariance, and what the diffusion is
   * fitted to).
   */
  SdeObjective<float[]> open(SdeArchitecture architecture, TrainingProblem problem);
}
