package org.latticelift.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.evaluation.ResultTable;

/**
 * What an experiment measured, beside what was published.
 *
 * @param config the experiment
 * @param rows measured quantities by variant, in order
 */
public record ExperimentTable(ExperimentConfig config, Map<String, Map<Quantity, Measured>> rows) {
  /**
   * The table as text, ratios below.
   *
   * @return lines
   */
  public List<String> lines() {
    ResultTable table = new ResultTable("variant", "quantity", "reference", "measured", "95 %");
    for (var row : rows.entrySet()) {
      for (var cell : row.getValue().entrySet()) {
        table.row(
            row.getKey(),
            cell.getKey().key(),
            number(config.published(cell.getKey(), row.getKey())),
            number(cell.getValue().value()),
            interval(cell.getValue()));
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(ratios());
    return lines;
  }

  private List<String> ratios() {
    List<String> lines = new ArrayList<>();
    config.ratio().ifPresent(ratio -> rows.keySet().forEach(name -> ratio(ratio, name, lines)));
    return lines;
  }

  private void ratio(ExperimentConfig.Ratio ratio, String name, List<String> lines) {
    Variant below = new Variant(name);
    String above = ratio.of() + name.substring(below.series().length());
    if (!below.series().equals(ratio.to()) || !rows.containsKey(above)) {
      return;
    }
    double measured = value(above, ratio.quantity()) / value(name, ratio.quantity());
    double published =
        config.published(ratio.quantity(), above) / config.published(ratio.quantity(), name);
    lines.add(
        ratio.quantity().key()
            + ", "
            + above
            + " over "
            + name
            + ": "
            + number(measured)
            + (Double.isNaN(published) ? "" : " (reference " + number(published) + ")"));
  }

  private double value(String variant, Quantity quantity) {
    Measured measured = rows.get(variant).get(quantity);
    return measured == null ? Double.NaN : measured.value();
  }

  /**
   * The table for programs.
   *
   * @return lines of comma-separated values, a header first
   */
  public List<String> csv() {
    List<String> lines = new ArrayList<>();
    lines.add("variant,quantity,reference,measured,lower95,upper95");
    for (var row : rows.entrySet()) {
      for (var cell : row.getValue().entrySet()) {
        Measured measured = cell.getValue();
        double published = config.published(cell.getKey(), row.getKey());
        lines.add(
            String.join(
                ",",
                row.getKey(),
                cell.getKey().key(),
                plain(published),
                plain(measured.value()),
                plain(measured.interval().lower()),
                plain(measured.interval().upper())));
      }
    }
    return lines;
  }

  private static String plain(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static String interval(Measured measured) {
    return Double.isNaN(measured.interval().lower())
        ? ""
        : number(measured.interval().lower()) + " to " + number(measured.interval().upper());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
  }
}
