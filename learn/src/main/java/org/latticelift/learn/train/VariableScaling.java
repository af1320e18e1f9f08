package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.Locale;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;

/** How the variables of the training states are scaled (ME-64). */
public enum VariableScaling {
  /** The mean becomes 0, the deviation 1. */
  DEVIATION {
    @Override
    void choose(PairSet pairs, double[] offset, double[] width) {
      int d = pairs.variables();
      int n = pairs.count();
      double[] z = pairs.z0();
      for (int i = 0; i < d; i++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += z[k * d + i];
        }
        offset[i] = sum / n;
        double square = 0;
        for (int k = 0; k < n; k++) {
          double centred = z[k * d + i] - offset[i];
          square += centred * centred;
        }
        width[i] = Math.sqrt(square / Math.max(1, n - 1));
        requireVariation(i, width[i]);
      }
    }
  },
  /** The first variable stays; the least value of each other becomes 0, the greatest 1. */
  RANGE {
    @Override
    void choose(PairSet pairs, double[] offset, double[] width) {
      int d = pairs.variables();
      for (int i = 1; i < d; i++) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = i; k < pairs.z0().length; k += d) {
          least = Math.min(least, pairs.z0()[k]);
          greatest = Math.max(greatest, pairs.z0()[k]);
        }
        offset[i] = least;
        width[i] = greatest - least;
        requireVariation(i, width[i]);
      }
    }
  },
  /** All stay as they are. */
  NONE {
    @Override
    void choose(PairSet pairs, double[] offset, double[] width) {
      // offset 0, width 1
    }
  };

  /**
   * Fills in what is subtracted from every variable, and what it is then divided by.
   *
   * @param offset zeros, changed
   * @param width ones, changed
   */
  abstract void choose(PairSet pairs, double[] offset, double[] width);

  /** Offset and width of every variable, [2][d]. */
  double[][] of(PairSet pairs) {
    double[][] both = new double[2][pairs.variables()];
    Arrays.fill(both[1], 1);
    choose(pairs, both[0], both[1]);
    return both;
  }

  private static void requireVariation(int variable, double width) {
    if (!(width > 0)) {
      throw LatticeLiftException.badData(
          "Variable " + variable + " is constant in all pairs",
          PairsFile.NAME + " " + PairColumn.Z0.path(),
          "each trained variable must vary",
          "Set sde.variables to independent, or make pairs from more snapshots");
    }
  }

  /**
   * How the time unit of each condition is chosen (ME-66).
   *
   * @param rule the rule
   * @param length of a unit where the rule is a number, in the unit that times are stored in
   */
  public record TimeUnit(Rule rule, double length) {
    /** Mean durations per unit in the authors' code for the alloy (AL-95). */
    private static final double AUTHORS_UNIT = 2016.1;

    /** Rules. */
    public enum Rule {
      /** Equal variance of the increments per unit of time at every condition. */
      NOISE,
      /** 2016.1 mean durations (AL-95). */
      AUTHORS,
      /** The mean duration of the pairs. */
      DURATION,
      /** The unit that times are stored in. */
      PHYSICAL,
      /** A number of that unit, such as a mean duration that was measured elsewhere (DI-41). */
      NUMBER
    }

    /**
     * Reads the key.
     *
     * @param node a rule or a positive number
     */
    public static TimeUnit fromConfig(ConfigNode node) {
      if (node.isScalar()) {
        for (Rule rule : Rule.values()) {
          if (rule != Rule.NUMBER && rule.name().equalsIgnoreCase(node.text())) {
            return new TimeUnit(rule, 1);
          }
        }
      }
      String allowed = "noise, authors, duration, physical or a number > 0";
      if (!node.isScalar() || !node.text().matches("[-+0-9.].*")) {
        throw node.wrongType(allowed);
      }
      double number = node.number();
      if (!(number > 0)) {
        throw node.wrongType(allowed);
      }
      return new TimeUnit(Rule.NUMBER, number);
    }

    /**
     * Writes the key.
     *
     * @return the rule or the number
     */
    public ConfigNode toConfig() {
      String text = rule == Rule.NUMBER ? "" + length : rule.name().toLowerCase(Locale.ROOT);
      return ConfigNode.parse(text, "sde.time_unit");
    }

    /** Length of the unit at every condition; not for the rule {@code NOISE}. */
    double[] of(double[] meanDuration) {
      double[] unit = meanDuration.clone();
      Arrays.setAll(
          unit,
          c ->
              switch (rule) {
                case AUTHORS -> meanDuration[c] * AUTHORS_UNIT;
                case PHYSICAL, NUMBER -> length;
                default -> meanDuration[c];
              });
      return unit;
    }
  }
}
