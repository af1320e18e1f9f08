package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.SdeConfig.VariableScaling.TimeUnit;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;

/** The key {@code sde}: what the latent SDE looks like. */
public record SdeConfig(
    @Default("independent") @Doc("trained are the observables that sum rules leave free, or all")
        Variables variables,
    @Default("6")
        @Range(min = 0, max = 64)
        @Doc(
            "numbers that a network makes of the condition, so that one equation holds for all; 0: the equation does not know the condition")
        int embedding,
    @Default("{}") @Doc("drift network") Drift drift,
    @Default("{}") @Doc("diffusion matrix") Diffusion diffusion,
    @Default("deviation")
        @Doc("deviation: mean 0 and deviation 1; range: all but the first from 0 to 1; or none")
        VariableScaling scaling,
    @Default("noise")
        @Doc(
            "unit of time of the equation at each condition. noise: increments are equally noisy at all conditions; duration: mean duration of a pair; physical: unit of the files; a number of that; authors: 2016.1 durations")
        TimeUnit timeUnit) {

  /** The keys below {@code sde} that preset {@code authors} sets (AL-80, AL-95). */
  public static final String AUTHORS =
      "{variables: all, scaling: none, time_unit: authors,"
          + " drift: {initial: orthogonal}, diffusion: {lower: false}}";

  /** Which observables are trained. */
  public enum Variables {
    /** Those that the sum rules leave free. */
    INDEPENDENT,
    /** Every observable. */
    ALL
  }

  /** How the Onsager matrix starts. */
  public enum Start {
    /** M = I. */
    IDENTITY,
    /** A random orthogonal matrix (ME-59). */
    ORTHOGONAL
  }

  /** What is in front of the drift network. */
  public enum BaselineKind {
    /** Nothing: the network is the drift. */
    NONE,
    /** A {@link Baseline}. */
    POLYNOMIAL
  }

  public record Drift(
      @Default("onsager")
          @Doc("onsager (a potential and matrices), plain network, or linear (a z + b)")
          DriftKind type,
      @Doc("widths of the hidden layers; default 32, 32 (onsager) or 64, 64, 64 (plain)")
          Optional<List<Integer>> hidden,
      @Default("identity")
          @Doc("onsager: how its matrix starts, as the identity or a random orthogonal one")
          Start initial,
      @Default("none")
          @Doc(
              "none, or polynomial: of second order, fitted in closed form, and the network learns what it leaves")
          BaselineKind baseline) {
    /** beta of ME-54, which keeps the potential above a paraboloid. */
    private static final double POTENTIAL_SQUARES = 0.5;

    /** c_d of ME-57. */
    private static final double LEAST_DISSIPATION = 0.1;

    DriftSpec spec() {
      boolean residual = baseline == BaselineKind.POLYNOMIAL;
      return switch (type) {
        case LINEAR -> DriftSpec.linear();
        case PLAIN -> new DriftSpec(type, hidden.orElse(List.of(64, 64, 64)), 0, 0, false, false);
        case ONSAGER ->
            new DriftSpec(
                type,
                hidden.orElse(List.of(32, 32)),
                residual ? 0 : POTENTIAL_SQUARES,
                residual ? 0 : LEAST_DISSIPATION,
                true,
                initial == Start.IDENTITY);
      };
    }
  }

  public record Diffusion(
      @Default("arbitrary") @Doc("full matrix or diagonal, that depends on the state or not")
          DiffusionMode mode,
      @Default("[64, 64]") @Doc("widths of the hidden layers") List<Integer> hidden,
      @Default("true")
          @Doc(
              "lower triangle with a positive diagonal, which trains more reliably than any matrix")
          boolean lower,
      @Default("0.5") @Doc("initial value of the constant modes") double initial) {

    DiffusionSpec spec(double scale) {
      return new DiffusionSpec(mode, hidden, lower, initial, scale);
    }
  }

  /** Finds networks that cannot be made before there are pairs to train them on. */
  void check() {
    drift.spec();
    diffusion.spec(1);
  }

  SdeArchitecture architecture(int dimension, Scalings.Choice choice) {
    boolean conditioned = drift.type() != DriftKind.LINEAR || diffusion.mode().network();
    return new SdeArchitecture(
            dimension,
            conditioned ? embedding : 0,
            drift.spec(),
            diffusion.spec(Math.sqrt(choice.level())))
        .fitted(choice.scaling())
        .with(
            drift.baseline() == BaselineKind.POLYNOMIAL
                ? Optional.of(Baseline.of(dimension, choice.scaling().condition()))
                : Optional.empty());
  }

  /**
   * Chooses the scaling from the training pairs.
   *
   * <p>Time unit {@code noise}: tau(T) such that, per unit of scaled time, the variance of the
   * increments divided by kappa and averaged over the variables equals one number at every
   * temperature, the {@code level}. The level is the inverse of the pooled linear relaxation rate
   * (measured with level 1), so that the rate is about 1; with the square root of the level as
   * fixed factor of sigma, drift and diffusion entries of the networks are both about 1. All other
   * time units: level 1.
   */
  static final class Scalings {
    private static final double LOWEST_LEVEL = 1e-5;

    private Scalings() {}

    /** The scaling and the level, whose square root is the fixed factor of sigma. */
    record Choice(SdeScaling scaling, double level) {
      /**
       * Changes the units of time so that conditions have equal noise, from the noise that each has
       * in the present ones.
       */
      Choice slower(double[] noise) {
        double mean = Arrays.stream(noise).map(Math::log).average().orElse(0);
        double[] unit = scaling.timeUnit().clone();
        Arrays.setAll(unit, c -> unit[c] * Math.exp(mean) / noise[c]);
        return new Choice(
            new SdeScaling(
                scaling.mean(),
                scaling.deviation(),
                scaling.condition(),
                unit,
                scaling.quantities()),
            level);
      }
    }

    static Choice choose(
        PairSet pairs,
        double kappa,
        VariableScaling scaling,
        TimeUnit timeUnit,
        Quantities quantities) {
      double[][] offsetAndWidth = scaling.of(pairs);
      double[] offset = offsetAndWidth[0];
      double[] width = offsetAndWidth[1];
      if (!timeUnit.byNoise()) {
        double[] unit = timeUnit.of(meanDurations(pairs));
        return new Choice(new SdeScaling(offset, width, pairs.values(), unit, quantities), 1);
      }
      double[] unit = noiseUnits(pairs, kappa, width);
      double level = level(pairs, unit);
      Arrays.setAll(unit, c -> unit[c] * level);
      return new Choice(new SdeScaling(offset, width, pairs.values(), unit, quantities), level);
    }

    private static double[] meanDurations(PairSet pairs) {
      int conditions = pairs.values().length;
      double[] sum = new double[conditions];
      long[] count = new long[conditions];
      for (int k = 0; k < pairs.count(); k++) {
        sum[pairs.condition()[k]] += pairs.dt()[k];
        count[pairs.condition()[k]]++;
      }
      for (int c = 0; c < conditions; c++) {
        if (count[c] < 2) {
          throw LatticeLiftException.badData(
              "There are " + count[c] + " pairs at condition " + pairs.values()[c],
              PairsFile.NAME,
              "at least 2 per condition",
              "Raise evolve.samples or leave that condition out");
        }
        sum[c] /= count[c];
      }
      return sum;
    }

    private static double[] noiseUnits(PairSet pairs, double kappa, double[] deviation) {
      int d = pairs.variables();
      double[] duration = meanDurations(pairs);
      double[] unit = new double[duration.length];
      for (int c = 0; c < unit.length; c++) {
        double variance = 0;
        for (int i = 0; i < d; i++) {
          variance += incrementVariance(pairs, c, i) / (deviation[i] * deviation[i] * d);
        }
        if (!(variance > 0)) {
          throw LatticeLiftException.badData(
              "No pair at condition " + pairs.values()[c] + " changes its variables",
              PairsFile.NAME + " " + PairColumn.Z1.path(),
              "increments with a positive variance",
              "Raise evolve.duration");
        }
        unit[c] = kappa * duration[c] / variance;
      }
      return unit;
    }

    /** Of increments of one patch: by samples of as few runs as there are. */
    private static double incrementVariance(PairSet pairs, int c, int i) {
      int[] rows = pairs.rowsAt(c);
      double fewest = Arrays.stream(rows).mapToDouble(pairs::runs).min().orElse(1);
      double sum = 0;
      double square = 0;
      long n = 0;
      for (int k : rows) {
        if (pairs.runs(k) == fewest) {
          double x = pairs.increment(k, i);
          sum += x;
          square += x * x;
          n++;
        }
      }
      return fewest * (square / n - (sum / n) * (sum / n));
    }

    /** Inverse of the regression slope of increments on states, pooled over variables and T. */
    private static double level(PairSet pairs, double[] unit) {
      int d = pairs.variables();
      double covariance = 0;
      double spread = 0;
      double[] z = new double[pairs.count()];
      for (int i = 0; i < d; i++) {
        double[] mean = new double[unit.length];
        double variance = 0;
        long[] n = new long[unit.length];
        for (int k = 0; k < z.length; k++) {
          z[k] = pairs.z0()[k * d + i];
          mean[pairs.condition()[k]] += z[k];
          n[pairs.condition()[k]]++;
        }
        double add = 0;
        for (int k = 0; k < z.length; k++) {
          int c = pairs.condition()[k];
          double centred = z[k] - mean[c] / n[c];
          add -= centred * (pairs.z1()[k * d + i] - z[k]);
          variance += centred * centred * pairs.dt()[k] / unit[c];
        }
        if (variance > 0) {
          covariance += add / variance;
          spread += 1;
        }
      }
      double rate = spread > 0 ? covariance / spread : 0;
      return rate > 1 ? Math.max(LOWEST_LEVEL, 1 / rate) : 1;
    }
  }

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
     * Fills in what is subtracted from every variable, and what it is then divided by ({@code
     * offset}: zeros, changed; {@code width}: ones, changed).
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
      boolean byNoise() {
        return rule == Rule.NOISE;
      }

      /** Mean durations per unit in the authors' code for the alloy (AL-95). */
      private static final double AUTHORS_UNIT = 2016.1;

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

      /** Reads the key ({@code node}: a rule or a positive number). */
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
}
