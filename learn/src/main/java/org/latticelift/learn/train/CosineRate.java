package org.latticelift.learn.train;

/** Half a cosine from the initial to the minimum rate over all epochs, after a short warm-up. */
final class CosineRate implements LearningRate {
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
