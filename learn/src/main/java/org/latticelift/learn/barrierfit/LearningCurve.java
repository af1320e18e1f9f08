package org.latticelift.learn.barrierfit;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.output.CsvWriter;

/** How a training went ({@code points}: in the order of the rows seen). */
public record LearningCurve(List<Point> points) {
  public LearningCurve {
    points = List.copyOf(points);
  }

  /**
   * One point.
   *
   * @param rows rows seen
   * @param trainingRmse root mean square error of the batches since the last point, eV
   * @param holdOutRmse root mean square error on the hold-out rows, eV; not a number without any
   * @param learningRate at this point
   */
  public record Point(long rows, double trainingRmse, double holdOutRmse, double learningRate) {}

  LearningCurve with(Point point) {
    List<Point> more = new ArrayList<>(points);
    more.add(point);
    return new LearningCurve(more);
  }

  /** The curve as comma-separated values; a header and one line per point. */
  public String toCsv() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("rows", "training_rmse_eV", "hold_out_rmse_eV", "learning_rate"));
    for (Point p : points) {
      rows.add(
          List.of(
              String.valueOf(p.rows()),
              String.valueOf(p.trainingRmse()),
              String.valueOf(p.holdOutRmse()),
              String.valueOf(p.learningRate())));
    }
    return CsvWriter.text(rows);
  }
}
