package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** A comparison that shows a bias. To add one, name it here and say where its evolutions are. */
public enum Check {
  /** Drift of the equation against that of its own pairs. */
  FIT(
      "the equation does not have the drift of its pairs",
      "train longer (train.epochs, a smaller train.batch)"),
  /** Drift of large states that evolve as a whole against that of single patches (ME-38). */
  ADDITIVITY(
      "increments of patches do not add up to that of the whole",
      "let large states evolve as a whole or in wider surroundings (evolve.environment), or"
          + " shorten evolve.duration"),
  /** Diffusion of large states that evolve as a whole against the learned one (EX-03). */
  KAPPA(
      "the learned noise is not that of the whole",
      "measure kappa (train.kappa: measured with evolve.joint), or shorten evolve.duration"),
  /** Evolutions of half the duration. */
  DURATION("evolutions are too long", "halve evolve.duration"),
  /** Pairs of states that are relaxed longer. */
  RELAXATION(
      "large states are not equilibrated", "raise relax.passes, or take other states (upsample)"),
  /** What all of these show, mended at once. */
  TOGETHER("all of this together", "begin with the largest of them"),
  /** Not a check but the truth where the run has it: direct runs of the large system. */
  DIRECT("direct runs say otherwise", "compare it with what the checks say together");

  private final String meaning;
  private final String remedy;

  Check(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** What is wrong where it is not silent. */
  public String meaning() {
    return meaning;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  /** What is said where nothing is seen. */
  String nothing() {
    return this == DIRECT
        ? "no equilibrium value differs from direct runs by more than two standard errors"
        : "not significant: no equilibrium value moves by more than two of its standard errors";
  }

  /** Whether it compares evolutions, and not only what others have found. */
  public boolean compares() {
    return this != TOGETHER && this != DIRECT;
  }

  /** How files and tables call it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Pairs that were made for a certificate, beside those of the run.
   *
   * @param files of pairs by check; that of {@link Check#ADDITIVITY} has joint evolutions, that of
   *     {@link Check#DURATION} may
   * @param skipped why others were not made, by check
   */
  public record FurtherPairs(Map<Check, Path> files, Map<Check, String> skipped) {
    private static final String HOW = "'latticelift diagnose' makes the evolutions that show it";

    /** What the run itself has. */
    public static final FurtherPairs NONE =
        new FurtherPairs(
            Map.of(),
            Map.of(
                Check.ADDITIVITY,
                "the pairs have too few joint evolutions; " + HOW,
                Check.KAPPA,
                "the pairs have too few joint evolutions; " + HOW,
                Check.DURATION,
                HOW,
                Check.RELAXATION,
                HOW));

    /** Of a system that another program has run. */
    public static final FurtherPairs ELSEWHERE = elsewhere();

    private static FurtherPairs elsewhere() {
      Map<Check, String> skipped = new EnumMap<>(Check.class);
      for (Check check : Check.values()) {
        skipped.put(check, "the samples were made elsewhere, and have no evolutions of this kind");
      }
      return new FurtherPairs(Map.of(), skipped);
    }

    public FurtherPairs {
      files = Map.copyOf(files);
      skipped = Map.copyOf(skipped);
    }
  }

  /** A late value that may be biased. */
  public enum Quantity {
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

    /**
     * How far a prediction is off, as one check has it: the prediction minus a corrected one.
     *
     * @param check what was compared
     * @param condition name
     * @param observable name
     * @param quantity of it
     * @param predicted value of the prediction
     * @param bias prediction minus corrected prediction
     * @param error standard error of the bias
     */
    public record Bias(
        Check check,
        String condition,
        String observable,
        Quantity quantity,
        double predicted,
        double bias,
        double error) {
      /** Silent below so many standard errors (EX-33). */
      private static final double SIGNIFICANT = 2;

      /**
       * Below this share of half of a 95 % interval: shifted so far, an interval of a normal
       * variable still holds 90 %.
       */
      private static final double SMALL = 1.0 / 3;

      /** A bias beside the interval of the prediction, which does not hold it. */
      public enum Size {
        /** With two of its standard errors it stays below a third of half of the interval. */
        SMALL("small against the interval"),
        /** Less two of its standard errors it still is above that. */
        LARGE("not small against the interval"),
        /** Neither. */
        UNRESOLVED("not resolved against the interval"),
        /** There is no interval. */
        UNKNOWN("no interval to compare with");

        private final String words;

        Size(String words) {
          this.words = words;
        }

        /** What it is, in words. */
        public String words() {
          return words;
        }
      }

      /** How large it is ({@code halfWidth}: half of the 95 % interval of the same value). */
      public Size against(double halfWidth) {
        double small = SMALL * halfWidth;
        double size = Math.abs(bias);
        if (Double.isNaN(small)) {
          return Size.UNKNOWN;
        }
        if (size + SIGNIFICANT * error < small) {
          return Size.SMALL;
        }
        return size - SIGNIFICANT * error > small ? Size.LARGE : Size.UNRESOLVED;
      }

      /** Whether nothing is seen; true where the bias is below two of its standard errors. */
      public boolean silent() {
        return !(Math.abs(bias) > SIGNIFICANT * error);
      }
    }
  }
}
