package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.experiment.Measured.OfModels;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/**
 * A measured number.
 *
 * @param value mean over repeats
 * @param interval 95 %: two standard errors over repeats, or from resampled trajectories
 * @param cells what it is the mean of: one row per repeat, one value per initial state, or a single
 *     one where these are not kept apart
 * @param models the same by each model of a prediction, where it is compared with that of another
 */
public record Measured(
    double value, Interval interval, List<double[]> cells, Optional<OfModels> models) {
  Measured(double value, Interval interval, List<double[]> cells) {
    this(value, interval, cells, Optional.empty());
  }

  /** One repeat whose initial states are not kept apart. */
  static Measured whole(double value, Interval interval) {
    return new Measured(value, interval, List.of(new double[] {value}));
  }

  static Measured ofStarts(double value, Interval interval, double[] starts) {
    return new Measured(value, interval, List.of(starts));
  }

  Measured with(OfModels own) {
    return new Measured(value, interval, cells, Optional.of(own));
  }

  /** The same value, of which no interval is said. */
  Measured withoutInterval() {
    return new Measured(value, Interval.NONE, cells, models);
  }

  /** The number that trajectories show, with the interval of resampled ones. */
  static Measured resampled(int units, ToDoubleFunction<int[]> number, long seed, int task) {
    int[] every = IntStream.range(0, units).toArray();
    return whole(
        number.applyAsDouble(every),
        Bootstrap.interval(units, number, new Streams(seed).stream(Purpose.BOOTSTRAP, task)));
  }

  /**
   * The same with half of the width of an interval on either side: where resampling adds noise once
   * more, the width of its interval is right and the place is not.
   */
  Measured centred(double least) {
    double half = interval.half();
    return new Measured(
        value, new Interval(Math.max(least, value - half), value + half), cells, models);
  }

  /** Half of the width of the interval; 0 where there is none. */
  double halfWidth() {
    double half = interval.half();
    return Double.isNaN(half) ? 0 : half;
  }

  /** In another unit; not by models. */
  Measured times(double factor) {
    double one = factor * interval.lower();
    double other = factor * interval.upper();
    return new Measured(
        factor * value,
        new Interval(Math.min(one, other), Math.max(one, other)),
        cells.stream()
            .map(cell -> Arrays.stream(cell).map(each -> factor * each).toArray())
            .toList());
  }

  /** Mean of repeats, or the only one as it is. */
  static Measured of(List<Measured> repeats) {
    if (repeats.size() == 1) {
      return repeats.get(0);
    }
    double mean = repeats.stream().mapToDouble(Measured::value).average().orElse(Double.NaN);
    double square = repeats.stream().mapToDouble(m -> Math.pow(m.value - mean, 2)).sum();
    double error = Math.sqrt(square / (repeats.size() - 1.0) / repeats.size());
    return new Measured(
        mean,
        Interval.about(mean, 2 * error),
        repeats.stream().flatMap(m -> m.cells.stream()).toList());
  }

  /**
   * A number by each model of a prediction. Models of two variants that were trained on the same
   * parts of the data are compared in pairs: what the data do to both drops out.
   *
   * @param values of the models
   * @param noise standard error of each by its trajectories
   * @param resampling which part of the data each was trained on
   */
  record OfModels(double[] values, double[] noise, Resampling resampling) {
    /** Whether models of equal number had equal parts of the data, which differ among models. */
    boolean pairedWith(OfModels other) {
      return resampling.resampled()
          && other.resampling.resampled()
          && Arrays.equals(resampling.resample(), other.resampling.resample());
    }

    /**
     * The difference to those of another variant; mean over the models, and its 95 % interval for
     * other data and trainings (EX-31).
     */
    Measured minus(OfModels other) {
      double[] differences = new double[values.length];
      double[] errors = new double[values.length];
      Arrays.setAll(differences, k -> values[k] - other.values[k]);
      Arrays.setAll(errors, k -> Math.hypot(noise[k], other.noise[k]));
      double mean =
          Arrays.stream(differences).filter(Double::isFinite).average().orElse(Double.NaN);
      double half = Uncertainty.of(differences, errors, resampling).halfWidth();
      return Measured.whole(mean, Interval.about(mean, half));
    }
  }

  /**
   * What a fit over sizes gave.
   *
   * @param name of the fit; with {@code _slope} the slope of one size, with {@code _value} the
   *     value at a crossing, with {@code _errors} the spread about a collapse that errors explain
   * @param series of variants, or of direct runs; of one size or between two where it ends in
   *     numbers
   * @param published NaN if there is none
   * @param measured with a 95 % interval
   * @param points how many were fitted
   */
  public record FitResult(
      String name, String series, double published, Measured measured, int points) {}
}
