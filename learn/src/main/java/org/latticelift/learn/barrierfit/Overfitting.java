package org.latticelift.learn.barrierfit;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells a network that has learned its table by heart: its error on environments held out is much
 * larger than that on those it was fitted to.
 *
 * @param training error of the last batches, eV
 * @param holdOut error on environments held out, eV
 * @param best the point of the curve with the smallest error on environments held out
 */
record Overfitting(double training, double holdOut, LearningCurve.Point best) {
  /** From this ratio on the gap is more than the chance of which environments were held out. */
  private static final double RATIO = 1.5;

  /** Errors below change a rate at 1000 K by less than 6 %, eV. */
  private static final double NEGLIGIBLE = 0.005;

  /**
   * Judges a training.
   *
   * @param curve with errors on environments held out
   * @return the finding; empty where the errors agree, are negligible or were not measured
   */
  static Optional<Overfitting> of(LearningCurve curve) {
    Optional<LearningCurve.Point> best =
        curve.points().stream()
            .filter(point -> !Double.isNaN(point.holdOutRmse()))
            .min(Comparator.comparingDouble(LearningCurve.Point::holdOutRmse));
    if (best.isEmpty()) {
      return Optional.empty();
    }
    LearningCurve.Point last = curve.points().get(curve.points().size() - 1);
    boolean apart =
        last.holdOutRmse() > NEGLIGIBLE && last.holdOutRmse() > RATIO * last.trainingRmse();
    return apart
        ? Optional.of(new Overfitting(last.trainingRmse(), last.holdOutRmse(), best.get()))
        : Optional.empty();
  }

  /** What was found and what to do, for people. */
  String toText() {
    return String.format(
        Locale.ROOT,
        "Warning: overfitting: error %.4f eV on the environments trained on, %.4f eV on those held"
            + " out (smallest %.4f eV after %d rows). Give a larger table, fewer neurons"
            + " (train.fit.hidden) or fewer rows (train.fit.rows).%n",
        training,
        holdOut,
        best.holdOutRmse(),
        best.rows());
  }
}
