package org.latticelift.learn.train;

/**
 * Reduce on plateau (ME-71): the rate is multiplied by the factor after more than {@code patience}
 * epochs in a row without improvement.
 *
 * <p>An improvement is {@code loss < best - 1e-4 |best|}; in the authors' form (ME-72, DI-17)
 * {@code loss < best (1 - 1e-4)}, which for negative losses accepts slightly worse values.
 */
final class PlateauRate implements LearningRate {
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
