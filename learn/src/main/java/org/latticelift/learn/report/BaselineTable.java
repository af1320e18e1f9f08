package org.latticelift.learn.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.latticelift.learn.certificate.Baseline;
import org.latticelift.learn.certificate.BaselineValue;
import org.latticelift.learn.certificate.Quantity;
import org.latticelift.learn.evaluate.ResultTable;

/**
 * Other estimators beside that of the run (EX-34).
 *
 * @param values of all of them
 */
record BaselineTable(List<BaselineValue> values) {
  /** Root mean square differences to direct runs over the observables, by condition. */
  ResultTable table() {
    ResultTable table =
        new ResultTable("condition", "estimator", "late means", "late deviations", "values");
    Set<String> conditions = new LinkedHashSet<>();
    values.forEach(value -> conditions.add(value.condition()));
    for (String condition : conditions) {
      for (Baseline baseline : Baseline.values()) {
        List<BaselineValue> own =
            values.stream()
                .filter(v -> v.baseline() == baseline && v.condition().equals(condition))
                .toList();
        if (!own.isEmpty()) {
          table.row(
              condition,
              baseline.meaning(),
              difference(own, Quantity.LATE_MEAN),
              difference(own, Quantity.LATE_DEVIATION),
              means(own));
        }
      }
    }
    return table;
  }

  private static String difference(List<BaselineValue> own, Quantity quantity) {
    double square =
        own.stream()
            .filter(v -> v.quantity() == quantity)
            .mapToDouble(v -> v.value() - v.direct())
            .map(x -> x * x)
            .average()
            .orElse(Double.NaN);
    return Double.isNaN(square) ? "-" : String.format(Locale.ROOT, "%.4f", Math.sqrt(square));
  }

  private static String means(List<BaselineValue> own) {
    return String.join(
        ", ",
        own.stream()
            .filter(v -> v.quantity() == Quantity.LATE_MEAN)
            .map(v -> String.format(Locale.ROOT, "%s %.4f", v.observable(), v.value()))
            .toList());
  }
}
