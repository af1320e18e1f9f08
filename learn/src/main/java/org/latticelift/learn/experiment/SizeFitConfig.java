package org.latticelift.learn.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.error.LatticeLiftException;

/**
 * A fit over sizes (PT-55, PT-56). Variants are called SERIES-SIZE, or SERIES-SIZE-VALUE where
 * conditions vary, such as {@code ours-16-2.27}; direct runs are a series of their own ({@code
 * reference}: published values by series).
 */
public record SizeFitConfig(
    @Doc(
            "power: exponent of a power law in the size; slope: exponent of that of the slope"
                + " against the condition; crossing: where curves of neighbouring sizes meet;"
                + " collapse: how far scaled points of all sizes lie from one curve")
        Kind kind,
    @Doc("a column of the table") Column quantity,
    @Doc(
            "value of the condition: which points of a power law, where a slope is taken, critical"
                + " one")
        Optional<Double> at,
    @Doc("exponents of a collapse") Optional<Collapse> scaling,
    @Default("[2]")
        @Doc("degree of the centred polynomials in the condition, of all sizes or of each")
        List<Integer> degree,
    @Default("{}") @Doc("published values by series") Map<String, Double> reference) {
  private static final int MOST = 6;

  /** What is fitted. */
  public enum Kind {
    /** Exponent of a power law in the size, at one condition. */
    POWER,
    /** Exponent of a power law in the size of the slope against the condition. */
    SLOPE,
    /** Condition at which the curves of two sizes meet, and the value there. */
    CROSSING,
    /** How far scaled points of all sizes lie from one curve. */
    COLLAPSE
  }

  /** Checks degrees. */
  public SizeFitConfig {
    if (degree.isEmpty() || degree.stream().anyMatch(d -> d < 1 || d > MOST)) {
      throw LatticeLiftException.badData(
          "degrees " + degree, "experiment.fits", "one or more from 1 to " + MOST, "Correct them");
    }
    if ((kind == Kind.SLOPE || kind == Kind.COLLAPSE) && at.isEmpty()) {
      throw LatticeLiftException.badData(
          kind == Kind.SLOPE ? "a slope nowhere" : "a collapse about no condition",
          "experiment.fits",
          "at: the value of the condition where the slope is taken, or the critical one",
          "Add the key");
    }
    if ((kind == Kind.COLLAPSE) != scaling.isPresent()) {
      throw LatticeLiftException.badData(
          kind == Kind.COLLAPSE ? "a collapse without exponents" : "exponents of no collapse",
          "experiment.fits",
          "kind: collapse with scaling: {condition: 1, quantity: 0.125}, other kinds without",
          "Add or remove the key");
    }
    if (kind == Kind.COLLAPSE && degree.size() > 1) {
      throw LatticeLiftException.badData(
          degree.size() + " degrees for the one curve of a collapse",
          "experiment.fits",
          "one degree",
          "Correct the list");
    }
  }

  /** The degree for one of some sizes. */
  int degree(int size, int sizes) {
    if (degree.size() != 1 && degree.size() != sizes) {
      throw LatticeLiftException.badData(
          degree.size() + " degrees for " + sizes + " sizes",
          "experiment.fits",
          "one for all or one for each",
          "Correct the list");
    }
    return degree.get(degree.size() == 1 ? 0 : size);
  }
}
