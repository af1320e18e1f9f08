package org.latticelift.learn.train;

import org.latticelift.learn.sde.SdeArchitecture;

/** Makes objectives of one kind of arithmetic. */
interface GradientEngine {
  /** Name and version, for provenance. */
  String name();

  /**
   * An objective for one phase of one training.
   *
   * @param phase pairs, covariance, and what is fitted to them
   */
  SdeObjective open(SdeArchitecture architecture, TrainingPhase phase);
}
