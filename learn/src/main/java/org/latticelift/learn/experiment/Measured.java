package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.learn.evaluate.Bootstrap;

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
    double value, Bootstrap.Interval interval, List<double[]> cells, Optional<OfModels> models) {
  Measured(double value, Bootstrap.Interval interval, List<double[]> cells) {
    this(value, interval, cells, Optional.empty());
  }

  /** One repeat whose initial states are not kept apart. */
  static Measured whole(double value, Bootstrap.Interval interval) {
    return new Measured(value, interval, List.of(new double[] {value}));
  }

  /** One repeat. */
  static Measured ofStarts(double value, Bootstrap.Interval interval, double[] starts) {
    return new Measured(value, interval, List.of(starts));
  }

  /** With what each model has. */
  Measured with(OfModels own) {
    return new Measured(value, interval, cells, Optional.of(own));
  }

  /** The same value, of which no interval is said. */
  Measured withoutInterval() {
    return new Measured(value, Bootstrap.Interval.NONE, cells, models);
  }

  /** Of the interval; 0 where there is none. */
  double halfWidth() {
    double half = (interval.upper() - interval.lower()) / 2;
    return Double.isNaN(half) ? 0 : half;
  }

  /** In another unit; not by models. */
  Measured times(double factor) {
    double one = factor * interval.lower();
    double other = factor * interval.upper();
    return new Measured(
        factor * value,
        new Bootstrap.Interval(Math.min(one, other), Math.max(one, other)),
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
        new Bootstrap.Interval(mean - 2 * error, mean + 2 * error),
        repeats.stream().flatMap(m -> m.cells.stream()).toList());
  }
}
