package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.ScaledPairs.TrainingProblem;
import org.latticelift.learn.train.TrainConfig.Epsilon;
import org.latticelift.learn.train.TrainConfig.Epsilon.DriftVariates;
import org.latticelift.learn.train.TrainingData.ControlVariate.QuadraticDrift;
import org.latticelift.learn.train.TrainingData.MeasuredKappa;
import org.latticelift.learn.train.TrainingData.Splitter;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.LossCovariance.Noise;
import org.latticelift.sim.random.RandomStream;

/**
 * The pairs of one training, ready to be fitted.
 *
 * @param increments to train on and to validate with
 * @param targets what the drift is fitted to: the increments less their predictable noise, or the
 *     increments themselves
 * @param twins differences of twins, where there are some
 * @param measured kappa, where it was measured
 * @param factors kappa of each variable, for the increments
 */
record TrainingData(
    Splitter.Parts increments,
    Splitter.Parts targets,
    Optional<Splitter.Parts> twins,
    Optional<MeasuredKappa> measured,
    CovarianceFactors factors) {
  /**
   * Prepares some of the pairs ({@code chosen}: of any set of the same pairs those to train on and
   * those to validate with; {@code joint}: evolutions that kappa is measured with).
   */
  static TrainingData of(
      TrainConfig train, TrainingPairs content, Choice chosen, UnaryOperator<PairSet> joint) {
    Splitter.Parts parts = chosen.of(content.pairs());
    requireValidation(train, parts.validation());
    Splitter.Parts means = content.means().map(chosen::of).orElse(parts);
    Splitter.Parts targets =
        variates(train, content) ? means.map(new ControlVariate(means.training())::apply) : means;
    Optional<MeasuredKappa> measured = measured(train, content, joint, parts, targets);
    CovarianceFactors factors =
        measured
            .map(MeasuredKappa::factors)
            .orElseGet(
                () ->
                    CovarianceFactors.uniform(
                        train.estimator().kappa().resolve(content.patches()) / content.evolved(),
                        content.pairs().variables()));
    return new TrainingData(parts, targets, content.twins().map(chosen::of), measured, factors);
  }

  /** Which pairs are trained on. */
  interface Choice {
    Splitter.Parts of(PairSet pairs);
  }

  /** Whether the drift has targets of its own. */
  boolean variates() {
    return targets != increments;
  }

  /** What the diffusion is fitted to. */
  Noise noise() {
    return twins.isPresent() ? Noise.TWINS : variates() ? Noise.RESTORED : Noise.RESIDUALS;
  }

  /**
   * The problem of a model on these pairs ({@code scaling}: physical to scaled variables; {@code
   * patches}: M of the increments; twins are differences of one).
   */
  TrainingProblem problem(
      SdeScaling scaling, SdeArchitecture architecture, long patches, Epsilon epsilon) {
    double constant =
        epsilon.resolve(ScaledPairs.of(twins.orElse(increments).training(), scaling, architecture));
    double[] constants = new double[increments.training().variables()];
    Arrays.fill(constants, constant);
    ScaledPairs training = scaled(Splitter.Parts::training, scaling, architecture);
    LossCovariance form =
        twins.isEmpty()
            ? new LossCovariance(factors, constants)
            : new LossCovariance(factors.times(patches), constants, training.rates());
    return new TrainingProblem(
        noise(), form, training, scaled(Splitter.Parts::validation, scaling, architecture));
  }

  private ScaledPairs scaled(
      Function<Splitter.Parts, PairSet> part, SdeScaling scaling, SdeArchitecture architecture) {
    ScaledPairs pairs = ScaledPairs.of(part.apply(targets), scaling, architecture);
    return switch (noise()) {
      case RESIDUALS -> pairs;
      case RESTORED -> pairs.restoring(part.apply(increments), scaling);
      case TWINS -> pairs.withNoise(part.apply(twins.orElseThrow()), scaling);
    };
  }

  private static boolean variates(TrainConfig train, TrainingPairs content) {
    boolean known = content.pairs().martingales() > 0;
    if (train.estimator().driftVariates() == DriftVariates.ON && !known) {
      throw LatticeLiftException.badData(
          "control variates without integrated drifts in the training samples",
          "train.drift_variates",
          "auto, off, or pairs with train.pairs: increment of a system that knows its generator",
          "Set train.drift_variates to auto, or evolve.compensator to auto and make the pairs again");
    }
    return known && train.estimator().driftVariates() != DriftVariates.OFF;
  }

  private static Optional<MeasuredKappa> measured(
      TrainConfig train,
      TrainingPairs content,
      UnaryOperator<PairSet> joint,
      Splitter.Parts parts,
      Splitter.Parts targets) {
    boolean possible = content.joint().count() > 0 && !train.estimator().pairs().ofPatch();
    if (!train.estimator().kappa().measured(possible)) {
      return Optional.empty();
    }
    if (!possible) {
      throw LatticeLiftException.badData(
          "kappa cannot be measured: the pairs have no joint evolutions, or are naive or of a patch",
          "train.kappa",
          "K, a number, auto, or measured with evolve.joint above 0 and pairs of increments",
          "Set evolve.joint and make the pairs again, or set train.kappa to K");
    }
    return Optional.of(
        MeasuredKappa.of(parts.training(), targets.training(), joint.apply(content.joint())));
  }

  private static void requireValidation(TrainConfig train, PairSet validation) {
    if (train.earlyStopping() > 0 && validation.count() == 0) {
      throw LatticeLiftException.badData(
          "early stopping without validation pairs",
          "train.early_stopping",
          "0, or pairs to hold out: a validation_fraction above 0 and two groups of pairs",
          "Set train.early_stopping to 0, or raise train.validation_fraction or evolve.samples");
    }
  }

  /**
   * kappa from joint evolutions (EX-03). Patches that evolve with streams of their own are
   * independent by construction; in a joint evolution everything moves together. With the residuals
   * r of one drift given z, kappa of a variable is Var(r of the pairs) / Var(r of the joint
   * evolutions), both per unit of time. The drift is a quadratic polynomial of z at each condition,
   * fitted to the pairs. Conditions are weighted by their numbers of joint evolutions, which are
   * the few.
   *
   * @param factors kappa of each variable, for pairs as they are trained on
   * @param error standard error of each, of the joint evolutions alone
   * @param joint number of joint evolutions
   */
  record MeasuredKappa(CovarianceFactors factors, double[] error, int joint) {
    /**
     * Measures ({@code drift}: the same pairs with increments of smaller variance and equal mean,
     * or the pairs; {@code joint}: increments of the whole in joint evolutions, at the conditions
     * of the pairs).
     */
    static MeasuredKappa of(PairSet pairs, PairSet drift, PairSet joint) {
      int d = pairs.variables();
      double[] inverse = new double[d];
      double[] variance = new double[d];
      for (int c = 0; c < pairs.values().length; c++) {
        int[] few = joint.rowsAt(c);
        if (few.length == 0) {
          continue;
        }
        QuadraticDrift expected = QuadraticDrift.of(drift, drift.rowsAt(c));
        double[] many = expected.noise(pairs, pairs.rowsAt(c));
        double[][] whole = expected.squares(joint, few);
        double weight = (double) few.length / joint.count();
        for (int i = 0; i < d; i++) {
          double mean = Arrays.stream(whole[i]).average().orElseThrow();
          double spread = Arrays.stream(whole[i]).map(x -> (x - mean) * (x - mean)).sum();
          inverse[i] += weight * mean / many[i];
          variance[i] += weight * weight * spread / few.length / few.length / (many[i] * many[i]);
        }
      }
      double[] kappa = new double[d];
      double[] error = new double[d];
      for (int i = 0; i < d; i++) {
        kappa[i] = 1 / inverse[i];
        error[i] = Math.sqrt(variance[i]) * kappa[i] * kappa[i];
      }
      return new MeasuredKappa(new CovarianceFactors(kappa), error, joint.count());
    }
  }

  /** Splits pairs into training and validation by whole groups. */
  static final class Splitter {
    private Splitter() {}

    /** Training and validation pairs. */
    record Parts(PairSet training, PairSet validation) {
      /** The same split of other increments of the same pairs. */
      Parts map(UnaryOperator<PairSet> change) {
        return new Parts(change.apply(training), change.apply(validation));
      }
    }

    /**
     * Splits; every condition keeps at least one group for training, so with few samples fewer
     * groups than asked for are held out, or none ({@code fraction}: share of the groups that is
     * held out; above 0 at least one where there are two).
     */
    static Parts split(PairSet pairs, double fraction, RandomStream stream) {
      Map<Long, Integer> conditions = new TreeMap<>();
      for (int k = 0; k < pairs.count(); k++) {
        conditions.put(pairs.group()[k], pairs.condition()[k]);
      }
      int[] left = new int[pairs.values().length];
      conditions.values().forEach(condition -> left[condition]++);
      List<Long> groups = List.copyOf(conditions.keySet());
      int[] order = new int[groups.size()];
      Arrays.setAll(order, i -> i);
      stream.shuffle(order);
      int wanted = fraction > 0 ? Math.max(1, (int) Math.round(fraction * groups.size())) : 0;
      Set<Long> held = new HashSet<>();
      for (int k = 0; k < order.length && held.size() < wanted; k++) {
        long group = groups.get(order[k]);
        int condition = conditions.get(group);
        if (left[condition] > 1) {
          left[condition]--;
          held.add(group);
        }
      }
      return new Parts(
          rows(pairs, group -> !held.contains(group)), rows(pairs, group -> held.contains(group)));
    }

    /** The pairs of some groups. */
    static PairSet rows(PairSet pairs, LongPredicate groups) {
      return pairs.select(
          IntStream.range(0, pairs.count()).filter(k -> groups.test(pairs.group()[k])).toArray());
    }
  }

  /**
   * The generator as control variate (EX-05): the drift is fitted to Y = dz - B M instead of dz. M,
   * the increment less the integral of the generator, has mean zero given the state before, so Y
   * has the mean of dz whatever the fixed matrix B is; B = E[dz M^T] E[M M^T]^-1 makes its variance
   * smallest. There is a B for every condition, and each group of pairs gets that of all other
   * groups of its condition, so that B never depends on the pair it is applied to. A condition with
   * one group only keeps its increments.
   */
  static final class ControlVariate {
    private final Map<Integer, CrossMoments> byCondition = new HashMap<>();
    private final Map<Cell, CrossMoments> byGroup = new HashMap<>();
    private final int variables;
    private final int martingales;

    private record Cell(int condition, long group) {}

    /** Collects the moments of the pairs that are trained on. */
    ControlVariate(PairSet training) {
      variables = training.variables();
      martingales = training.martingales();
      for (int k = 0; k < training.count(); k++) {
        Cell cell = new Cell(training.condition()[k], training.group()[k]);
        byGroup
            .computeIfAbsent(cell, c -> new CrossMoments(variables, martingales))
            .add(1, increment(training, k), martingale(training, k));
      }
      byGroup.forEach(
          (cell, moments) ->
              byCondition
                  .computeIfAbsent(cell.condition(), c -> new CrossMoments(variables, martingales))
                  .add(moments, 1));
    }

    /** The pairs with Y as increments; also pairs that the moments are not from. */
    PairSet apply(PairSet pairs) {
      Map<Cell, double[][]> coefficients = new HashMap<>();
      double[] after = pairs.z1().clone();
      for (int k = 0; k < pairs.count(); k++) {
        Cell cell = new Cell(pairs.condition()[k], pairs.group()[k]);
        double[][] b = coefficients.computeIfAbsent(cell, this::withoutItself);
        double[] m = martingale(pairs, k);
        for (int i = 0; i < variables; i++) {
          for (int j = 0; j < martingales; j++) {
            after[k * variables + i] -= b[i][j] * m[j];
          }
        }
      }
      return pairs.withAfter(after);
    }

    private double[][] withoutItself(Cell cell) {
      CrossMoments others = new CrossMoments(variables, martingales);
      CrossMoments all = byCondition.get(cell.condition());
      CrossMoments own = byGroup.get(cell);
      if (all == null || own != null && groups(cell.condition()) == 1) {
        return new double[variables][martingales];
      }
      others.add(all, 1);
      if (own != null) {
        others.add(own, -1);
      }
      return others.coefficients();
    }

    private long groups(int condition) {
      return byGroup.keySet().stream().filter(cell -> cell.condition() == condition).count();
    }

    /**
     * The share of the noise of the increments that is left in Y: of their variance about a
     * quadratic drift, as what a drift explains is no noise ({@code variates}: the same with Y),
     * for every condition, d numbers; NaN where an increment does not vary.
     */
    static double[][] noiseLeft(PairSet pairs, PairSet variates) {
      double[][] left = new double[pairs.values().length][];
      for (int c = 0; c < left.length; c++) {
        int[] rows = variates.rowsAt(c);
        double[] before = QuadraticDrift.of(pairs, rows).noise(pairs, rows);
        left[c] = QuadraticDrift.of(variates, rows).noise(variates, rows);
        for (int i = 0; i < left[c].length; i++) {
          left[c][i] /= before[i];
        }
      }
      return left;
    }

    private static double[] increment(PairSet pairs, int k) {
      double[] increment = new double[pairs.variables()];
      for (int i = 0; i < increment.length; i++) {
        increment[i] = pairs.increment(k, i);
      }
      return increment;
    }

    private static double[] martingale(PairSet pairs, int k) {
      int m = pairs.martingales();
      double[] martingale = new double[m];
      System.arraycopy(pairs.martingale(), k * m, martingale, 0, m);
      return martingale;
    }

    /**
     * The drift at one condition as a quadratic polynomial of the variables, fitted to pairs:
     * weighted least squares of dz/sqrt(dt). {@code coefficients}: variables by terms.
     */
    record QuadraticDrift(double[][] coefficients) {
      /** Fits. */
      static QuadraticDrift of(PairSet pairs, int[] rows) {
        int d = pairs.variables();
        CrossMoments moments = new CrossMoments(d, terms(d));
        double[] increment = new double[d];
        for (int k : rows) {
          for (int i = 0; i < d; i++) {
            increment[i] = pairs.increment(k, i) / pairs.dt()[k];
          }
          moments.add(pairs.dt()[k], increment, monomials(pairs, k));
        }
        return new QuadraticDrift(moments.coefficients());
      }

      /** The increment of every variable that is expected of a pair. */
      double[] increment(PairSet pairs, int k) {
        double[] x = monomials(pairs, k);
        double[] expected = new double[coefficients.length];
        for (int i = 0; i < expected.length; i++) {
          double drift = 0;
          for (int t = 0; t < x.length; t++) {
            drift += coefficients[i][t] * x[t];
          }
          expected[i] = drift * pairs.dt()[k];
        }
        return expected;
      }

      /**
       * What increments differ by from those expected: squares per unit of time; variables by rows.
       */
      double[][] squares(PairSet pairs, int[] rows) {
        double[][] squares = new double[coefficients.length][rows.length];
        for (int at = 0; at < rows.length; at++) {
          int k = rows[at];
          double[] expected = increment(pairs, k);
          for (int i = 0; i < expected.length; i++) {
            double residual = pairs.increment(k, i) - expected[i];
            squares[i][at] = residual * residual / pairs.dt()[k];
          }
        }
        return squares;
      }

      /** The mean of these; NaN of no rows. */
      double[] noise(PairSet pairs, int[] rows) {
        return Arrays.stream(squares(pairs, rows))
            .mapToDouble(each -> Arrays.stream(each).average().orElse(Double.NaN))
            .toArray();
      }

      private static int terms(int d) {
        return 1 + d + d * (d + 1) / 2;
      }

      /** 1, z_i, z_i z_j. */
      private static double[] monomials(PairSet pairs, int k) {
        int d = pairs.variables();
        double[] x = new double[terms(d)];
        int at = 0;
        x[at++] = 1;
        for (int i = 0; i < d; i++) {
          double zi = pairs.z0()[k * d + i];
          x[at++] = zi;
          for (int j = 0; j <= i; j++) {
            x[at++] = zi * pairs.z0()[k * d + j];
          }
        }
        return x;
      }
    }
  }

  /**
   * Sums of products of responses y and regressors x, from which a linear regression follows. Sums
   * of parts can be taken off again, which leaves the regression of the other parts.
   */
  static final class CrossMoments {
    /** Directions of x with less than this share of the largest singular value carry nothing. */
    private static final double NEGLIGIBLE = 1e-12;

    private final double[][] yx;
    private final double[][] xx;

    /** Of nothing. */
    CrossMoments(int responses, int regressors) {
      yx = new double[responses][regressors];
      xx = new double[regressors][regressors];
    }

    /** Adds one sample. */
    void add(double weight, double[] y, double[] x) {
      for (int j = 0; j < x.length; j++) {
        for (int i = 0; i < y.length; i++) {
          yx[i][j] += weight * y[i] * x[j];
        }
        for (int i = 0; i < x.length; i++) {
          xx[i][j] += weight * x[i] * x[j];
        }
      }
    }

    /** Adds all samples of another, a factor of 1, or takes them off, -1. */
    void add(CrossMoments other, int factor) {
      add(yx, other.yx, factor);
      add(xx, other.xx, factor);
    }

    private static void add(double[][] to, double[][] from, int factor) {
      for (int i = 0; i < to.length; i++) {
        for (int j = 0; j < to[i].length; j++) {
          to[i][j] += factor * from[i][j];
        }
      }
    }

    /**
     * The coefficients B of the least-squares fit y = B x, of least norm where several fit;
     * responses by regressors.
     */
    double[][] coefficients() {
      RealMatrix moments = new Array2DRowRealMatrix(xx);
      double[] scale = new double[xx.length];
      for (int i = 0; i < scale.length; i++) {
        scale[i] = xx[i][i] > 0 ? 1 / Math.sqrt(xx[i][i]) : 0;
      }
      for (int i = 0; i < scale.length; i++) {
        for (int j = 0; j < scale.length; j++) {
          moments.multiplyEntry(i, j, scale[i] * scale[j]);
        }
      }
      SingularValueDecomposition parts = new SingularValueDecomposition(moments);
      double[] values = parts.getSingularValues();
      double[][] b = new double[yx.length][xx.length];
      for (int k = 0; k < values.length && values[k] > NEGLIGIBLE * values[0]; k++) {
        for (int i = 0; i < b.length; i++) {
          double projection = 0;
          for (int j = 0; j < scale.length; j++) {
            projection += yx[i][j] * scale[j] * parts.getU().getEntry(j, k);
          }
          for (int j = 0; j < scale.length; j++) {
            b[i][j] += projection / values[k] * parts.getV().getEntry(j, k) * scale[j];
          }
        }
      }
      return b;
    }
  }
}
