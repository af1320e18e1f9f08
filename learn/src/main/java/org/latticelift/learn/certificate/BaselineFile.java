package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.csv.CsvReader;
import org.latticelift.io.csv.CsvWriter;

/** {@code baselines.csv}: a row for every baseline, condition, observable and quantity (EX-34). */
public final class BaselineFile {
  /** Name in the run directory. */
  public static final String NAME = "baselines.csv";

  private static final List<String> TITLES =
      List.of("baseline", "condition", "observable", "quantity", "value", "direct", "direct_error");

  private BaselineFile() {}

  static String text(List<BaselineValue> values) {
    List<List<String>> rows = new ArrayList<>(List.of(TITLES));
    for (BaselineValue value : values) {
      rows.add(
          List.of(
              value.baseline().key(),
              value.condition(),
              value.observable(),
              value.quantity().key(),
              Double.toString(value.value()),
              Double.toString(value.direct()),
              Double.toString(value.error())));
    }
    return CsvWriter.text(rows);
  }

  /**
   * Reads the values back.
   *
   * @param file {@code baselines.csv}
   * @return equal to what was written
   */
  public static List<BaselineValue> read(Path file) {
    List<BaselineValue> values = new ArrayList<>();
    for (Map<String, String> row : CsvReader.rows(file)) {
      values.add(
          new BaselineValue(
              Baseline.of(row.get("baseline")),
              row.get("condition"),
              row.get("observable"),
              Quantity.valueOf(row.get("quantity").toUpperCase(Locale.ROOT)),
              Double.parseDouble(row.get("value")),
              Double.parseDouble(row.get("direct")),
              Double.parseDouble(row.get("direct_error"))));
    }
    return values;
  }
}
