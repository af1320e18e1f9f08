package org.latticelift.learn.certificate;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.evaluate.TimeSeries;

/**
 * The difference of a prediction and direct runs of the large system, where a run has them: what
 * the checks together are to say. Its error is that of both; that of the prediction is the spread
 * over its models, each of which has other pairs (EX-31); a single model has no error of its own.
 */
final class DirectDifference {
  private DirectDifference() {}

  /** In the order of the observables; none without enough runs. */
  static List<Bias> of(Comparison comparison, List<TimeSeries> runs) {
    List<String> names = comparison.ensemble().model().map().observables();
    DirectRuns direct = new DirectRuns(runs, comparison.ensemble().model().map());
    List<Bias> found = new ArrayList<>();
    for (int i = 0; i < names.size() && direct.known(); i++) {
      for (Quantity quantity : comparison.quantities(i)) {
        double predicted = comparison.plain().value(quantity, i);
        found.add(
            new Bias(
                Check.DIRECT,
                comparison.ensemble().condition().name(),
                names.get(i),
                quantity,
                predicted,
                predicted - direct.value(quantity, i),
                Math.hypot(spread(comparison, quantity, i), direct.error(quantity, i))));
      }
    }
    return found;
  }

  /** Of one more model about the mean of all; of a single one the error of its trajectories. */
  private static double spread(Comparison comparison, Quantity quantity, int observable) {
    int models = comparison.ensemble().model().models().size();
    int each = comparison.ensemble().trajectories();
    if (models == 1) {
      return comparison.plain().error(quantity, observable);
    }
    double mean = 0;
    double square = 0;
    for (int k = 0; k < models; k++) {
      double value = comparison.plain().part(k * each, (k + 1) * each).value(quantity, observable);
      mean += value / models;
      square += value * value / models;
    }
    double variance = Math.max(0, square - mean * mean) * models / (models - 1.0);
    return Math.sqrt(variance * (1 + 1.0 / models));
  }
}
