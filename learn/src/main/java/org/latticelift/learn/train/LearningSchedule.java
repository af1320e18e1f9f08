package org.latticelift.learn.train;

import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;

/** How the learning rate changes. */
public enum LearningSchedule {
  /** Reduce on plateau; an improvement must be real (DI-17). */
  REAL,
  /** Reduce on plateau as in the authors' code (ME-72). */
  AUTHORS,
  /** Half a cosine over all epochs. */
  COSINE;

  /** Half a cosine from the initial to the minimum rate over all epochs, after a short warm-up. */
  static final class CosineRate implements LearningRate {
    private static final double WARM_UP = 0.02;

    private final double initial;
    private final double minimum;

    CosineRate(double initial, double minimum) {
      this.initial = initial;
      this.minimum = minimum;
    }

    @Override
    public double rate(double progress) {
      double warm = Math.min(1, (progress + 1e-3) / WARM_UP);
      double cosine = 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, progress)));
      return Math.max(minimum, warm * (minimum + (initial - minimum) * cosine));
    }

    @Override
    public void epoch(double loss) {}

    @Override
    public double[] state() {
      return new double[0];
    }

    @Override
    public void restore(double[] state) {}
  }

  /**
   * Reduce on plateau (ME-71): the rate is halved after more than {@code patience} epochs in a row
   * without improvement.
   *
   * <p>An improvement is {@code loss < best - 1e-4 |best|}; in the authors' form (ME-72, DI-17)
   * {@code loss < best (1 - 1e-4)}, which for negative losses accepts slightly worse values.
   */
  static final class PlateauRate implements LearningRate {
    private static final double THRESHOLD = 1e-4;

    private final boolean authors;
    private final int patience;
    private final double minimum;
    private double rate;
    private double best = Double.POSITIVE_INFINITY;
    private int bad;

    PlateauRate(boolean authors, double rate, int patience, double minimum) {
      this.authors = authors;
      this.rate = rate;
      this.patience = patience;
      this.minimum = minimum;
    }

    @Override
    public double rate(double progress) {
      return rate;
    }

    @Override
    public void epoch(double loss) {
      if (improved(loss)) {
        best = loss;
        bad = 0;
      } else if (++bad > patience) {
        rate = Math.max(rate / 2, minimum);
        bad = 0;
      }
    }

    private boolean improved(double loss) {
      if (Double.isInfinite(best)) {
        return true;
      }
      return authors ? loss < best * (1 - THRESHOLD) : loss < best - THRESHOLD * Math.abs(best);
    }

    @Override
    public double[] state() {
      return new double[] {rate, best, bad};
    }

    @Override
    public void restore(double[] state) {
      rate = state[0];
      best = state[1];
      bad = (int) state[2];
    }
  }

  /**
   * What one training needs besides data and architecture.
   *
   * @param epochs passes over the data
   * @param batch pairs per step; the last incomplete batch is kept (ME-70)
   * @param checkpointEpochs epochs between checkpoints
   */
  record TrainSettings(int epochs, int batch, Optimiser optimiser, int checkpointEpochs) {}

  /** How weights follow gradients. */
  public record Optimiser(
      @Default("cosine")
          @Doc(
              "how the rate falls: half a cosine over all epochs, or at plateaus of the loss: real"
                  + " (where it has not really fallen) or authors (as their code)")
          LearningSchedule schedule,
      @Default("1e-2") @Range(min = 0, minOpen = true) @Doc("learning rate at the start")
          double learningRate,
      @Default("5e-6") @Range(min = 0) @Doc("least learning rate") double minLearningRate,
      @Default("10")
          @Range(min = 0)
          @Doc("epochs without gain before the rate is halved; schedules at plateaus")
          int patience,
      @Default("0") @Range(min = 0) @Doc("decoupled weight decay") double weightDecay,
      @Default("10")
          @Range(min = 0)
          @Doc(
              "a gradient that is so many times larger than those before is scaled down to that, as"
                  + " one of them may undo a training; 0 = off")
          double gradientLimit,
      @Default("0.999")
          @Range(min = 0, max = 0.999999)
          @Doc(
              "decay per step of the running average of the weights, which predictions use; 0 = off")
          double average) {
    LearningRate start() {
      return schedule == COSINE
          ? new CosineRate(learningRate, minLearningRate)
          : new PlateauRate(schedule == AUTHORS, learningRate, patience, minLearningRate);
    }
  }

  /** A learning-rate schedule; its state is a short array, so that a training can be resumed. */
  interface LearningRate {
    /** Rate of the next step; progress is the finished fraction of all epochs, 0 to 1. */
    double rate(double progress);

    /** Takes notice of the loss of a finished epoch. */
    void epoch(double loss);

    double[] state();

    void restore(double[] state);
  }
}
