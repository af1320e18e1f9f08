package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.Locale;
import org.latticelift.io.error.LatticeLiftException;

/** A column of the table of an experiment. */
public enum Quantity {
  /** Relative error of the mean trajectory, averaged over initial states (ME-89). */
  ERROR(true),
  /** The same of all variables of the equation, scaled as for training, closures too (IS-62). */
  ERROR_LATENTS(true),
  /** First entry of the learned diffusion, in the units of the system (CW-63). */
  DIFFUSION(false),
  /** Slope of the first component of the learned drift (LC-05). */
  SLOPE(false),
  /** First component of the learned drift at zero (LC-05). */
  BIAS(false),
  /** Mean of the first observable over the second half of all trajectories (CW-62). */
  LATE_MEAN(true),
  /** Its standard deviation there. */
  LATE_STD(true),
  /** Largest value in time of the mean of the last observable, averaged over initial states. */
  PEAK(true),
  /** Maximum mean discrepancy of the scaled variables, over times and initial states (ME-88). */
  MMD(true),
  /** The same over the last sixth of the times (PP-54). */
  MMD_LATE(true),
  /** As {@link #MMD}, of the observables alone (DI-31). */
  MMD_OBSERVABLES(true);

  private final boolean ofPredictions;

  Quantity(boolean ofPredictions) {
    this.ofPredictions = ofPredictions;
  }

  boolean ofPredictions() {
    return ofPredictions;
  }

  /**
   * Whether it compares all variables of the equation, as they were scaled for training.
   *
   * @return true where direct runs must hold closure variables, if there are some
   */
  public boolean ofLatents() {
    return this == MMD || this == MMD_LATE || this == ERROR_LATENTS;
  }

  /** Whether it is a maximum mean discrepancy. */
  boolean ofEnsembles() {
    return this == MMD || this == MMD_LATE || this == MMD_OBSERVABLES;
  }

  /** Whether direct runs have it too. */
  boolean ofTruth() {
    return this == LATE_MEAN || this == LATE_STD || this == PEAK;
  }

  /** How configurations call it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Quantity of(String key) {
    return Arrays.stream(values())
        .filter(quantity -> quantity.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "no quantity '" + key + "'",
                    "experiment.reference",
                    "one of " + Arrays.stream(values()).map(Quantity::key).toList(),
                    "Correct the key"));
  }
}
