package org.latticelift.learn.certificate;

import java.util.Locale;

/** A late value that may be biased. */
public enum BiasedValue {
  /** Mean. */
  LATE_MEAN {
    @Override
    double of(EquilibriumShift late, int trajectory, int observable, double centre) {
      return late.mean(trajectory, observable);
    }
  },
  /** Mean of the magnitude, of observables that a mirror image changes the sign of. */
  LATE_MAGNITUDE {
    @Override
    double of(EquilibriumShift late, int trajectory, int observable, double centre) {
      return late.magnitude(trajectory, observable);
    }
  },
  /** Standard deviation; of single trajectories its contribution to the variance. */
  LATE_DEVIATION {
    @Override
    double of(EquilibriumShift late, int trajectory, int observable, double centre) {
      return late.square(trajectory, observable)
          - 2 * centre * late.mean(trajectory, observable)
          + centre * centre;
    }
  };

  /** What a trajectory contributes. */
  abstract double of(EquilibriumShift late, int trajectory, int observable, double centre);

  /** How files and tables call it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, in words. */
  public String words() {
    return key().replace("late_", "equilibrium ");
  }
}
