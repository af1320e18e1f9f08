package org.latticelift.learn.train.gradient;

import java.util.stream.IntStream;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.train.gradient.Dense.Widths;

/**
 * What one model is fitted to, in its scaled variables and time.
 *
 * @param noise what the diffusion is fitted to; the samples have a column for it if it needs one
 * @param covariance of the noise of a sample in the loss
 * @param training at least one sample
 * @param validation may have none
 */
public record TrainingProblem(
    Noise noise, LossCovariance covariance, Samples training, Samples validation) {

  /** That of the paper: drift and diffusion from the same increments, one kappa, one epsilon. */
  public static TrainingProblem plain(
      double kappa, double epsilon, Samples training, Samples validation) {
    return new TrainingProblem(
        Noise.RESIDUALS,
        LossCovariance.uniform(kappa, epsilon, training.variables()),
        training,
        validation);
  }

  /**
   * The batches: one row per sample, so that a sample drawn at random costs one or two cache lines.
   *
   * @param variables d
   * @param noise whether there is a column for {@link Noise}
   * @param rows [N, 2 + 2d] or [N, 2 + 3d]: input of the temperature embedding, duration, increment
   *     y1 - y0, noise if there is any, state y0
   */
  public record Samples(int variables, boolean noise, float[] rows) {
    static final int CONDITION = 0;
    static final int DURATION = 1;
    static final int INCREMENT = 2;

    /**
     * Puts columns side by side.
     *
     * @param state y0, [N,d]
     * @param increment y1 - y0, [N,d]
     * @param noise [N,d], or empty
     * @param duration [N]
     * @param condition input of the temperature embedding, [N]
     */
    public static Samples of(
        int variables,
        float[] state,
        float[] increment,
        float[] noise,
        float[] duration,
        float[] condition) {
      boolean noisy = noise.length > 0;
      int width = width(variables, noisy);
      float[] rows = new float[duration.length * width];
      for (int k = 0; k < duration.length; k++) {
        int at = k * width;
        rows[at + CONDITION] = condition[k];
        rows[at + DURATION] = duration[k];
        System.arraycopy(increment, k * variables, rows, at + INCREMENT, variables);
        if (noisy) {
          System.arraycopy(noise, k * variables, rows, at + noise(variables), variables);
        }
        System.arraycopy(state, k * variables, rows, at + state(variables, noisy), variables);
      }
      return new Samples(variables, noisy, rows);
    }

    /** Not one. */
    public static Samples none(int variables) {
      return new Samples(variables, false, new float[0]);
    }

    /** Entry of a row at which the noise begins. */
    static int noise(int variables) {
      return INCREMENT + variables;
    }

    /** Entry of a row at which the state begins. */
    static int state(int variables, boolean noise) {
      return noise(variables) + (noise ? variables : 0);
    }

    private static int width(int variables, boolean noise) {
      return Widths.padded(state(variables, noise) + variables);
    }

    int width() {
      return width(variables, noise);
    }

    public int count() {
      return rows.length / width();
    }

    /** All rows in their order; 0 to N - 1. */
    public int[] all() {
      return IntStream.range(0, count()).toArray();
    }

    /** States of some rows, [n,d]. */
    public float[] state(int[] order) {
      return column(order, state(variables, noise), variables);
    }

    /** Increments of some rows, [n,d]. */
    public float[] increment(int[] order) {
      return column(order, INCREMENT, variables);
    }

    /** Noise of some rows, where there is a column for it, [n,d]. */
    public float[] noise(int[] order) {
      return column(order, noise(variables), variables);
    }

    /** Durations of some rows, [n]. */
    public float[] duration(int[] order) {
      return column(order, DURATION, 1);
    }

    /** Inputs of the temperature embedding of some rows, [n]. */
    public float[] condition(int[] order) {
      return column(order, CONDITION, 1);
    }

    private float[] column(int[] order, int first, int entries) {
      float[] column = new float[order.length * entries];
      int width = width();
      for (int k = 0; k < order.length; k++) {
        System.arraycopy(rows, order[k] * width + first, column, k * entries, entries);
      }
      return column;
    }

    /** Mean square of the increments of each variable per unit of time. */
    public double[] rates() {
      double[] rate = new double[variables];
      for (int at = 0; at < rows.length; at += width()) {
        for (int i = 0; i < variables; i++) {
          double x = rows[at + INCREMENT + i];
          rate[i] += x * x / rows[at + DURATION] / count();
        }
      }
      return rate;
    }
  }

  /**
   * The covariance of a pair in the loss, A = D Sigma D dt + diag(epsilon) with D = diag(sqrt
   * kappa) (ME-29, EX-03).
   *
   * @param factors kappa of each variable
   * @param epsilon constants on the diagonal, d numbers in scaled variables, at least 0
   * @param drift variances per unit of time that residuals are weighed with where the noise of the
   *     pairs is that of twins, d numbers: what twins do not show of the residuals may lie where A
   *     is nearly singular; empty otherwise, where A itself weighs them
   */
  public record LossCovariance(CovarianceFactors factors, double[] epsilon, double[] drift) {
    /** A weighs the residuals. */
    public LossCovariance(CovarianceFactors factors, double[] epsilon) {
      this(factors, epsilon, new double[0]);
    }

    /** The form of the paper: one kappa and one epsilon; the same for all variables. */
    public static LossCovariance uniform(double kappa, double epsilon, int variables) {
      return new LossCovariance(
          CovarianceFactors.uniform(kappa, variables),
          IntStream.range(0, variables).mapToDouble(i -> epsilon).toArray());
    }
  }

  /** What the diffusion is fitted to. The drift is always fitted to the increments. */
  public enum Noise {
    /** The residuals of the increments (ME-36): drift and diffusion share one likelihood. */
    RESIDUALS,
    /**
     * The residuals and what a control variate has taken off the increments (EX-05), which is a
     * column of its own: the noise of the increments as they were.
     */
    RESTORED,
    /** Differences of twins over sqrt 2 (EX-04), a column of its own that has no drift. */
    TWINS;

    /** Whether samples have a column for it; false where the increments are all there is. */
    public boolean column() {
      return this != RESIDUALS;
    }
  }
}
