package org.latticelift.learn.evaluate;

/** Time after which a component has made the share 1 - 1/e of its way (AL-130). */
public final class RelaxationTime {
  /** Of the way, that a relaxation time is the time of. */
  static final double SHARE = 1 - 1 / Math.E;

  private RelaxationTime() {}

  /**
   * First crossing of start + (1 - 1/e) (late - start), interpolated linearly.
   *
   * @param series mean over runs or over an ensemble
   * @param component observable
   * @param late value after relaxation
   * @return s after the first record; NaN if the level is never reached
   */
  public static double of(TimeSeries series, int component, double late) {
    return of(series, component, late, SHARE);
  }

  /**
   * First crossing of another share of the way.
   *
   * @param series mean over runs or over an ensemble
   * @param component observable
   * @param late value after relaxation
   * @param share of the way, above 0 and below 1
   * @return after the first record; NaN if the level is never reached
   */
  public static double of(TimeSeries series, int component, double late, double share) {
    double start = series.value(0, component);
    double way = late - start;
    double before = 0;
    for (int i = 1; i < series.length(); i++) {
      double made = (series.value(i, component) - start) / way;
      if (made >= share) {
        double part = (share - before) / (made - before);
        double left = series.time(i - 1);
        return left + part * (series.time(i) - left) - series.start();
      }
      before = made;
    }
    return Double.NaN;
  }

  /**
   * Whether a component moves clearly enough to have a relaxation time.
   *
   * @param start first value
   * @param late late mean
   * @param noise standard deviation of the curve that is looked at
   * @return true if the way is at least five times the noise
   */
  public static boolean measurable(double start, double late, double noise) {
    return Math.abs(late - start) >= 5 * noise && late != start;
  }
}
