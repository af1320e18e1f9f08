package org.latticelift.learn.barrierfit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Errors of a network on some rows, together and by category.
 *
 * @param all over all rows
 * @param categoryNames names of the categories
 * @param byCategory one per category
 */
public record ErrorReport(
    ErrorMeasure all, List<String> categoryNames, List<ErrorMeasure> byCategory) {
  /**
   * Copies the lists.
   *
   * @param all over all rows
   * @param categoryNames names of the categories
   * @param byCategory one per category
   */
  public ErrorReport {
    categoryNames = List.copyOf(categoryNames);
    byCategory = List.copyOf(byCategory);
  }

  /**
   * Predicts the rows batch by batch and compares.
   *
   * @param before called before every batch; may end it by an exception
   */
  static ErrorReport of(
      BatchGradient engine,
      RowBatch batch,
      CanonicalRows rows,
      Standardisation target,
      int[] of,
      Runnable before) {
    List<String> names = rows.table().categoryNames();
    ErrorMeasure.Sum all = new ErrorMeasure.Sum();
    List<ErrorMeasure.Sum> sums = new ArrayList<>();
    names.forEach(name -> sums.add(new ErrorMeasure.Sum()));
    for (int from = 0; from < of.length; from += batch.size()) {
      before.run();
      batch.fill(of, from, Math.min(batch.capacity(), of.length - from));
      float[] scaled = engine.predict(batch);
      for (int i = 0; i < scaled.length; i++) {
        int row = of[from + i];
        double difference = target.barrier(scaled[i]) - rows.barrier(row);
        int environment = row / rows.table().hops();
        all.add(environment, difference);
        sums.get(rows.category(row)).add(environment, difference);
      }
    }
    return new ErrorReport(
        all.measure(), names, sums.stream().map(ErrorMeasure.Sum::measure).toList());
  }

  /**
   * A table for people: a row for each of several categories, and one for all.
   *
   * @return lines with the errors in eV
   */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-28s %9s %9s %9s %9s %9s%n", "", "barriers", "rmse", "+- 95 %", "mae", "max"));
    for (int c = 0; categoryNames.size() > 1 && c < categoryNames.size(); c++) {
      append(text, categoryNames.get(c), byCategory.get(c));
    }
    append(text, "all", all);
    return text.toString();
  }

  private static void append(StringBuilder text, String name, ErrorMeasure error) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-28s %9d %9.4f %9s %9.4f %9.4f%n",
            name,
            error.count(),
            error.rmse(),
            Double.isNaN(error.halfWidth())
                ? "-"
                : String.format(Locale.ROOT, "%.4f", error.halfWidth()),
            error.mae(),
            error.max()));
  }
}
