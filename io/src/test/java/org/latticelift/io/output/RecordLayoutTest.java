package org.latticelift.io.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout.Stored;

/** What a record says of itself is what stands in files and tables, and what comes back. */
class RecordLayoutTest {
  private static final Map<String, String> UNITS = Map.of("time", "s");

  private record Interval(@Stored("lower {}") double lower, @Stored("upper {}") double upper) {}

  private record Mean(
      @Stored(name = "{}", value = "mean of {}", title = "mean", format = "%.1f") double value,
      @Stored(name = "limits_of_{}", value = "end of {name}") Interval interval) {}

  private record Row(
      String given,
      @Stored(name = "order", value = "the order") Mean shown,
      @Stored(name = "noise", value = "the noise", hidden = true) Mean hidden,
      @Stored(value = "when", units = "{time}") double someTime,
      @Stored("1 or 0") boolean settled,
      @Stored("how many") int count,
      @Stored(value = "since later", optional = true) double newer) {}

  private record Old(@Stored("when") double some) {}

  private record Twice(@Stored(name = "a", value = "") double x, @Stored(name = "a") double y) {}

  private record Rows(
      @Stored(
              value = "rows",
              axes = {"row", "column"},
              optional = true)
          float[][] rows,
      @Stored(
              value = "cubes",
              axes = {"row", "column", "layer"})
          long[] cubes,
      @Stored(value = "of columns", axes = "column") double[] columns) {
    Rows {
      if (columns.length > 0 && columns[0] < 0) {
        throw LatticeLiftException.badData("below 0", "columns", "0 or more", "Correct it");
      }
    }
  }

  private record Arrays(
      @Stored(
              value = "numbers",
              axes = {"row", "column"})
          double[] numbers,
      @Stored(value = "flags", axes = "row") byte[] flags,
      @Stored(value = "missing", axes = "row", optional = true) int[] missing) {}

  private static final RecordLayout<Row> LAYOUT = RecordLayout.of(Row.class);
  private static final List<Row> ROWS = List.of(row("a", 1.25, true), row("b", Double.NaN, false));

  @TempDir private Path folder;

  private static Row row(String given, double value, boolean settled) {
    Mean mean = new Mean(value, new Interval(value - 1, value + 1));
    Mean noise = new Mean(-value, new Interval(-3, 3));
    return new Row(given, mean, noise, 2e-9, settled, 7, 0.5);
  }

  @Test
  void titlesAndCellsAreThoseOfTheRecord() {
    assertThat(LAYOUT.titles(UNITS))
        .containsExactly(
            "order",
            "limits_of_order_lower",
            "limits_of_order_upper",
            "noise",
            "limits_of_noise_lower",
            "limits_of_noise_upper",
            "some_time[s]",
            "settled",
            "count",
            "newer");
    assertThat(LAYOUT.cells(ROWS.get(0)))
        .containsExactly("1.25", "0.25", "2.25", "-1.25", "-3", "3", "2.0E-9", "1", "7", "0.5");
    assertThat(LAYOUT.cells(ROWS.get(1))).startsWith("", "", "", "", "-3");
  }

  @Test
  void aTableShowsWhatHasAHeaderAndIsNotHidden() {
    ResultTable table =
        LAYOUT.show(ResultTable.of(ROWS).text("name", Row::given), row -> row).table();
    assertThat(table.headers()).containsExactly("name", "mean");
    assertThat(table.rows()).containsExactly(List.of("a", "1.3"), List.of("b", "-"));
  }

  @Test
  void columnsComeBackWithUnitsAndMeaning() {
    Path file = folder.resolve("rows.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      LAYOUT.writeColumns(writer, "/g", ROWS, "row", UNITS);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(
              LAYOUT.readColumns(reader, "/g", List.of(Map.of("given", "a"), Map.of("given", "b"))))
          .isEqualTo(ROWS);
      assertThat(reader.textAttribute("/g/some_time", "units")).isEqualTo("s");
      assertThat(reader.textAttribute("/g/order", "long_name")).isEqualTo("mean of the order");
      assertThat(reader.textAttribute("/g/limits_of_order_lower", "long_name"))
          .isEqualTo("lower end of order");
    }
  }

  @Test
  void whatEarlierVersionsDidNotWriteIsUnknownAndAllElseIsNeeded() {
    Path file = folder.resolve("old.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      RecordLayout.of(Old.class).write(writer, "/g", new Old(1), UNITS, Map.of());
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(RecordLayout.of(Newer.class).read(reader, "/g", Map.of(), Map.of()))
          .isEqualTo(new Newer(1, Double.NaN));
      assertThatThrownBy(() -> LAYOUT.read(reader, "/g", Map.of("given", "a"), Map.of()))
          .hasMessageContaining("/g/order");
    }
  }

  private record Newer(
      @Stored("when") double some, @Stored(value = "since later", optional = true) double newer) {}

  @Test
  void arraysKeepTheirShapeAndEmptyOptionalOnesAreLeftOut() {
    Path file = folder.resolve("arrays.h5");
    RecordLayout<Arrays> layout = RecordLayout.of(Arrays.class);
    Arrays arrays = new Arrays(new double[] {1, 2, 3, 4, 5, 6}, new byte[] {1, 0}, new int[0]);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      layout.write(writer, "/g", arrays, UNITS, Map.of("row", 2L, "column", 3L));
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.dims("/g/numbers")).containsExactly(2, 3);
      assertThat(reader.exists("/g/missing")).isFalse();
      Arrays read = layout.read(reader, "/g", Map.of(), Map.of());
      assertThat(read.numbers()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(read.flags()).containsExactly(1, 0);
      assertThat(read.missing()).isEmpty();
    }
  }

  @Test
  void lengthsOfAxesFollowFromOtherArrays() {
    Path file = folder.resolve("rows.h5");
    RecordLayout<Rows> layout = RecordLayout.of(Rows.class);
    long[] cubes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    float[][] rows = {{1, 2, 3}, {4, 5, 6}};
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      layout.write(writer, "/g", new Rows(rows, cubes, new double[3]), UNITS, Map.of());
      layout.write(
          writer,
          "/none",
          new Rows(new float[0][], cubes, new double[] {1, 2}),
          UNITS,
          Map.of("row", 1L));
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.dims("/g/rows")).containsExactly(2, 3);
      assertThat(reader.dims("/g/cubes")).containsExactly(2, 3, 2);
      assertThat(reader.dims("/none/cubes")).containsExactly(1, 2, 6);
      Rows read = layout.read(reader, "/g", Map.of(), Map.of("row", 2L));
      assertThat(read.rows()).isDeepEqualTo(rows);
      assertThat(read.cubes()).containsExactly(cubes);
      assertThat(layout.read(reader, "/none", Map.of(), Map.of()).rows()).isEmpty();
      assertFails(
          () -> layout.read(reader, "/g", Map.of(), Map.of("column", 4L)), "wrong shape [2, 3]");
    }
  }

  @Test
  void arraysThatDisagreeAboutAnAxisAreRefused() {
    Path file = folder.resolve("odd.h5");
    RecordLayout<Rows> layout = RecordLayout.of(Rows.class);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      DatasetInfo table = DatasetInfo.of("1", "", "row", "column");
      writer.dataset("/g/rows", new float[] {1, 2, 3, 4}, new long[] {2, 2}, table);
      DatasetInfo cube = DatasetInfo.of("1", "", "row", "column", "layer");
      writer.dataset("/g/cubes", new long[] {1, 2, 3, 4}, new long[] {2, 2, 1}, cube);
      DatasetInfo line = DatasetInfo.of("1", "", "column");
      writer.dataset("/g/columns", new double[3], new long[] {3}, line);
      writer.dataset("/h/cubes", new long[] {1, 2}, new long[] {1, 1, 2}, cube);
      writer.dataset("/h/columns", new double[] {-1}, new long[] {1}, line);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThatThrownBy(() -> layout.read(reader, "/g", Map.of(), Map.of()))
          .hasMessageContaining("/g/columns")
          .hasMessageContaining("wrong shape [3]");
      assertFails(() -> layout.read(reader, "/h", Map.of(), Map.of()), "below 0");
    }
  }

  @Test
  void twoNumbersOfOneNameAreRefused() {
    assertThatThrownBy(() -> RecordLayout.of(Twice.class)).hasMessageContaining("a");
  }
}
