package org.latticelift.learn.barrierfit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.barrierfit.BarrierTable.CanonicalRows;
import org.latticelift.learn.barrierfit.ErrorReport.ErrorMeasure;
import org.latticelift.learn.judgement.Estimate;

/**
 * Errors of a network on some rows, together and by category.
 *
 * @param all over all rows
 * @param categoryNames names of the categories
 * @param byCategory one per category
 */
public record ErrorReport(
    ErrorMeasure all, List<String> categoryNames, List<ErrorMeasure> byCategory) {
  public ErrorReport {
    categoryNames = List.copyOf(categoryNames);
    byCategory = List.copyOf(byCategory);
  }

  /**
   * Predicts the rows batch by batch and compares ({@code before}: called before every batch; may
   * end it by an exception).
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
   * A table for people: a row for each of several categories, and one for all; lines with the
   * errors in eV.
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
            ResultTable.number("%.4f", error.halfWidth()),
            error.mae(),
            error.max()));
  }

  /**
   * Errors of predicted barriers.
   *
   * @param count number of barriers
   * @param error root mean square, eV; its interval is that by which environments were drawn,
   *     unknown for fewer than two
   * @param mae mean absolute, eV
   * @param max largest absolute, eV
   */
  public record ErrorMeasure(long count, Estimate error, double mae, double max) {
    /** Standard errors in half of a 95 % interval. */
    private static final double NORMAL = 1.96;

    /** Root mean square, eV. */
    public double rmse() {
      return error.value();
    }

    /** Half of the 95 % interval of the root mean square, eV; NaN where it is unknown. */
    public double halfWidth() {
      return error.halfWidth();
    }

    /** Adds up differences one by one. */
    static final class Sum {
      private long count;
      private double squares;
      private double absolute;
      private double max;
      private int environment = -1;
      private double own;
      private long ownCount;
      private long environments;

      /**
       * Sums over environments of s^2, s n and n^2, with s the squares and n the number of each.
       */
      private final double[] moments = new double[3];

      /** An error of an environment; those of one environment come one after the other. */
      void add(int of, double difference) {
        if (of != environment) {
          close();
          environment = of;
        }
        own += difference * difference;
        ownCount++;
        count++;
        squares += difference * difference;
        absolute += Math.abs(difference);
        max = Math.max(max, Math.abs(difference));
      }

      private void close() {
        if (ownCount > 0) {
          moments[0] += own * own;
          moments[1] += own * ownCount;
          moments[2] += (double) ownCount * ownCount;
          environments++;
          own = 0;
          ownCount = 0;
        }
      }

      ErrorMeasure measure() {
        close();
        double n = Math.max(1, count);
        return new ErrorMeasure(count, rmse(Math.sqrt(squares / n), n), absolute / n, max);
      }

      /** Errors of the hops of one environment are alike, so environments count, not hops. */
      private Estimate rmse(double rmse, double n) {
        if (environments < 2) {
          return new Estimate(rmse, Double.NaN, Double.NaN);
        }
        double mean = rmse * rmse;
        double scatter = moments[0] - 2 * mean * moments[1] + mean * mean * moments[2];
        double variance = Math.max(0, scatter) / (n * n) * environments / (environments - 1.0);
        double error = rmse == 0 ? 0 : Math.sqrt(variance) / (2 * rmse);
        return new Estimate(rmse, error, rmse == 0 ? 0 : NORMAL * Math.sqrt(variance) / (2 * rmse));
      }
    }
  }
}
