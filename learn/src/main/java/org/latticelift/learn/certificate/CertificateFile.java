package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.CsvWriter;

/**
 * {@code certificate.csv}: a row for every check, condition, observable and quantity; of a check
 * that was not made a row with the reason in the column {@code condition}, as of a {@code warning}.
 */
public final class CertificateFile {
  /** Name in the run directory. */
  public static final String NAME = "certificate.csv";

  private static final List<String> TITLES =
      List.of(
          "check", "condition", "observable", "quantity", "predicted", "bias", "error", "silent");

  private static final String WARNING = "warning";

  private CertificateFile() {}

  static String text(Certificate certificate) {
    List<List<String>> rows = new ArrayList<>(List.of(TITLES));
    for (Bias bias : certificate.biases()) {
      rows.add(
          List.of(
              bias.check().key(),
              bias.condition(),
              bias.observable(),
              bias.quantity().key(),
              Double.toString(bias.predicted()),
              Double.toString(bias.bias()),
              Double.toString(bias.error()),
              bias.silent() ? "1" : "0"));
    }
    certificate
        .skipped()
        .forEach((check, why) -> rows.add(List.of(check.key(), why, "", "", "", "", "", "")));
    certificate
        .warnings()
        .forEach(warning -> rows.add(List.of(WARNING, warning, "", "", "", "", "", "")));
    return CsvWriter.text(rows);
  }

  /**
   * Reads a certificate back ({@code file}: {@code certificate.csv}); equal to what was written.
   */
  public static Certificate read(Path file) {
    List<Bias> biases = new ArrayList<>();
    Map<Check, String> skipped = new EnumMap<>(Check.class);
    List<String> warnings = new ArrayList<>();
    for (Map<String, String> row : CsvReader.rows(file)) {
      if (row.get("check").equals(WARNING)) {
        warnings.add(row.get("condition"));
        continue;
      }
      Check check = Check.valueOf(row.get("check").toUpperCase(Locale.ROOT));
      if (row.get("observable").isEmpty()) {
        skipped.put(check, row.get("condition"));
      } else {
        biases.add(
            new Bias(
                check,
                row.get("condition"),
                row.get("observable"),
                BiasedValue.valueOf(row.get("quantity").toUpperCase(Locale.ROOT)),
                Double.parseDouble(row.get("predicted")),
                Double.parseDouble(row.get("bias")),
                Double.parseDouble(row.get("error"))));
      }
    }
    return new Certificate(biases, skipped, warnings);
  }
}
