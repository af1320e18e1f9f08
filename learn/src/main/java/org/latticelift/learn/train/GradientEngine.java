package org.latticelift.learn.train;

import org.latticelift.learn.sde.SdeArchitecture;

/** Makes objectives of one kind of arithmetic. */
interface GradientEngine {
  /** Name and version, for provenance. */
  String name();

  /**
   * An objective for one training.
   *
   * @param training at least one pair
   * @param validation may be empty
   */
  SdeObjective open(
      SdeArchitecture architecture,
      TrainSettings settings,
      ScaledPairs training,
      ScaledPairs validation);
}
