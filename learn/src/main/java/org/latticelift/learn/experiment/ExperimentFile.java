package org.latticelift.learn.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * {@code experiment.h5}: the table as arrays [variants, quantities], in the units of the system;
 * what was not measured or not published is NaN.
 */
public final class ExperimentFile {
  /** Name in the folder of the experiment. */
  public static final String NAME = "experiment.h5";

  private ExperimentFile() {}

  /** Writes a table ({@code file}: to make). */
  public static void write(Path file, ExperimentTable table) {
    List<String> variants = new ArrayList<>(table.rows().keySet());
    List<Column> columns = table.config().quantities();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "variant_names", variants.toArray(String[]::new));
      writer.attribute(
          "/", "quantity_names", columns.stream().map(Column::key).toArray(String[]::new));
      write(writer, "value", variants, columns, measured(table, Measured::value));
      write(writer, "lower95", variants, columns, measured(table, m -> m.interval().lower()));
      write(writer, "upper95", variants, columns, measured(table, m -> m.interval().upper()));
      write(
          writer,
          "reference",
          variants,
          columns,
          (row, column) -> table.config().published(column, row));
      byte[] doubtful = new byte[variants.size() * columns.size()];
      for (int i = 0; i < doubtful.length; i++) {
        String marks =
            table.marks(variants.get(i / columns.size()), columns.get(i % columns.size()));
        doubtful[i] = (byte) (marks.isEmpty() ? 0 : 1);
      }
      writer.dataset(
          "/doubtful",
          doubtful,
          new long[] {variants.size(), columns.size()},
          DatasetInfo.of("1", "1 where experiment.csv says a doubt", "variant", "quantity"));
    }
  }

  private interface Value {
    double of(String variant, Column column);
  }

  private static Value measured(ExperimentTable table, ToDoubleFunction<Measured> number) {
    return (row, column) -> {
      Measured cell = table.rows().get(row).get(column);
      return cell == null ? Double.NaN : number.applyAsDouble(cell);
    };
  }

  private static void write(
      Hdf5Writer writer, String name, List<String> variants, List<Column> columns, Value value) {
    double[] flat = new double[variants.size() * columns.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = value.of(variants.get(i / columns.size()), columns.get(i % columns.size()));
    }
    writer.dataset(
        "/" + name,
        flat,
        new long[] {variants.size(), columns.size()},
        DatasetInfo.of("1", name + " of quantities, in the units of each", "variant", "quantity"));
  }
}
