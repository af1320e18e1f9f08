package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.learn.certificate.BaselineFile.Baseline;
import org.latticelift.learn.certificate.BaselineFile.Baseline.BaselineValue;

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

  /** Reads the values back ({@code file}: {@code baselines.csv}); equal to what was written. */
  public static List<BaselineValue> read(Path file) {
    List<BaselineValue> values = new ArrayList<>();
    for (Map<String, String> row : CsvReader.rows(file)) {
      values.add(
          new BaselineValue(
              Baseline.of(row.get("baseline")),
              row.get("condition"),
              row.get("observable"),
              BiasedValue.valueOf(row.get("quantity").toUpperCase(Locale.ROOT)),
              Double.parseDouble(row.get("value")),
              Double.parseDouble(row.get("direct")),
              Double.parseDouble(row.get("direct_error"))));
    }
    return values;
  }

  /** Another way to late values of the large system from the same small runs and pairs (EX-34). */
  public enum Baseline {
    /** Late means of the small runs, and their deviations over sqrt K. */
    SMALL_RUNS("equilibrium means of the small runs, deviations over sqrt K"),
    /** An equation of one patch, whose noise is divided by sqrt K. */
    SMALL_EQUATION("equation of one patch as a small system, noise over sqrt K"),
    /** One patch of each state and kappa = K, as in the paper. */
    ONE_PATCH("one patch of each state, kappa = K"),
    /** The equation of the run. */
    RUN("this run");

    private final String meaning;

    Baseline(String meaning) {
      this.meaning = meaning;
    }

    /** What it is. */
    public String meaning() {
      return meaning;
    }

    /** How files and tables call it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Baseline of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /**
     * A late value of the large system as a baseline has it.
     *
     * @param baseline how it was found
     * @param condition name
     * @param observable name
     * @param quantity of it
     * @param value of the baseline
     * @param direct value of direct runs; NaN where there are none
     * @param error standard error of the direct value; NaN where there are none
     */
    public record BaselineValue(
        Baseline baseline,
        String condition,
        String observable,
        BiasedValue quantity,
        double value,
        double direct,
        double error) {}
  }
}
