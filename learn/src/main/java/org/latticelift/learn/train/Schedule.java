package org.latticelift.learn.train;

/** How the learning rate changes. */
public enum Schedule {
  /** Reduce on plateau; an improvement must be real (DI-17). */
  REAL,
  /** Reduce on plateau as in the authors' code (ME-72). */
  AUTHORS,
  /** Half a cosine over all epochs. */
  COSINE;

  LearningRate start(TrainSettings settings) {
    return this == COSINE
        ? new CosineRate(settings.learningRate(), settings.minLearningRate())
        : new PlateauRate(
            this == AUTHORS,
            settings.learningRate(),
            settings.patience(),
            settings.factor(),
            settings.minLearningRate());
  }

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
   * Reduce on plateau (ME-71): the rate is multiplied by the factor after more than {@code
   * patience} epochs in a row without improvement.
   *
   * <p>An improvement is {@code loss < best - 1e-4 |best|}; in the authors' form (ME-72, DI-17)
   * {@code loss < best (1 - 1e-4)}, which for negative losses accepts slightly worse values.
   */
  static final class PlateauRate implements LearningRate {
    private static final double THRESHOLD = 1e-4;

    private final boolean authors;
    private final int patience;
    private final double factor;
    private final double minimum;
    private double rate;
    private double best = Double.POSITIVE_INFINITY;
    private int bad;

    PlateauRate(boolean authors, double rate, int patience, double factor, double minimum) {
      this.authors = authors;
      this.rate = rate;
      this.patience = patience;
      this.factor = factor;
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
        rate = Math.max(rate * factor, minimum);
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
   * @param schedule learning-rate schedule
   * @param learningRate initial rate
   * @param minLearningRate lowest rate
   * @param patience epochs without improvement before the rate falls (plateau)
   * @param factor of the rate at a plateau
   * @param weightDecay decoupled decay per step, times the rate
   * @param gradientLimit times what gradients were before, beyond which one is scaled down; 0 = off
   * @param average decay per step of the moving average of the weights; 0 = off
   * @param earlyStopping epochs without a better validation loss before the end; 0 = off
   * @param checkpointEpochs epochs between checkpoints
   */
  record TrainSettings(
      int epochs,
      int batch,
      Schedule schedule,
      double learningRate,
      double minLearningRate,
      int patience,
      double factor,
      double weightDecay,
      double gradientLimit,
      double average,
      int earlyStopping,
      int checkpointEpochs) {}

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
