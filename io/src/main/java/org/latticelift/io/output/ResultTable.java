package org.latticelift.io.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A table of named columns, for a terminal, a page or a file: words to the left, numbers to the
 * right. Made row by row, or column by column from a list of results ({@link #of}).
 */
public final class ResultTable {
  /** In the place of a value that is not known. */
  public static final String UNKNOWN = "-";

  private final List<String> headers;
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table ({@code headers}: one word or phrase per column). */
  public ResultTable(String... headers) {
    this.headers = new ArrayList<>(List.of(headers));
  }

  /**
   * A table with a row for each result, whose columns are added one by one ({@code results}: one
   * per row).
   */
  public static <R> Columns<R> of(List<R> results) {
    return new Columns<>(results);
  }

  /** Adds a row ({@code cells}: one per column). */
  public ResultTable row(String... cells) {
    if (cells.length != headers.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + headers.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** A number as a cell ({@code format}: such as {@code %.4f}); {@link #UNKNOWN} for NaN. */
  public static String number(String format, double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, format, value);
  }

  /** A number with its error, if that is known ({@code format}: of both, such as {@code %.4f}). */
  public static String withError(String format, double value, double error) {
    String text = String.format(Locale.ROOT, format, value);
    return Double.isNaN(error) ? text : text + " ± " + String.format(Locale.ROOT, format, error);
  }

  /**
   * This table without the columns in which no row knows a value; a new table, with the columns
   * that say something.
   */
  public ResultTable known() {
    List<Integer> kept =
        IntStream.range(0, headers.size())
            .filter(c -> rows.stream().anyMatch(row -> !row.get(c).equals(UNKNOWN)))
            .boxed()
            .toList();
    ResultTable table = new ResultTable(kept.stream().map(headers::get).toArray(String[]::new));
    rows.forEach(row -> table.row(kept.stream().map(row::get).toArray(String[]::new)));
    return table;
  }

  /** The headers, one per column. */
  public List<String> headers() {
    return List.copyOf(headers);
  }

  /** The cells, row by row. */
  public List<List<String>> rows() {
    return List.copyOf(rows);
  }

  /** The table as comma-separated values; header and rows, each ended by a line feed. */
  public String csv() {
    List<List<String>> all = new ArrayList<>(List.of(headers));
    all.addAll(rows);
    return CsvWriter.text(all);
  }

  /** The table as text; header, rule and rows, without trailing blanks. */
  public List<String> lines() {
    int[] widths = new int[headers.size()];
    boolean[] words = new boolean[headers.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
      widths[c] = Math.max(widths[c], headers.get(c).length());
      words[c] = rows.stream().anyMatch(r -> isWord(r.get(column)));
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(headers, widths, words));
    lines.add("-".repeat(Arrays.stream(widths).sum() + 2 * (widths.length - 1)));
    rows.forEach(row -> lines.add(line(row, widths, words)));
    return lines;
  }

  private static boolean isWord(String cell) {
    return !cell.isEmpty() && Character.isLetter(cell.charAt(0));
  }

  private static String line(List<String> cells, int[] widths, boolean[] words) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String blanks = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      line.append(words[c] ? cells.get(c) + blanks : blanks + cells.get(c));
    }
    return line.toString().stripTrailing();
  }

  /** The columns of a table whose rows are results ({@code R}: result). */
  public static final class Columns<R> {
    private final List<R> results;
    private final List<String> titles = new ArrayList<>();
    private final List<Function<R, String>> cells = new ArrayList<>();

    private Columns(List<R> results) {
      this.results = List.copyOf(results);
    }

    /** Adds a column of words, or of numbers that are written already. */
    public Columns<R> text(String title, Function<R, String> cell) {
      titles.add(title);
      cells.add(cell);
      return this;
    }

    /** Adds a column of numbers; NaN is {@link ResultTable#UNKNOWN}. */
    public Columns<R> number(String title, String format, ToDoubleFunction<R> value) {
      return text(title, result -> ResultTable.number(format, value.applyAsDouble(result)));
    }

    /** Adds a column of numbers that read back exactly; empty for NaN. */
    public Columns<R> exact(String title, ToDoubleFunction<R> value) {
      return text(title, result -> CsvCell.of(value.applyAsDouble(result)));
    }

    /** The table. */
    public ResultTable table() {
      ResultTable table = new ResultTable(titles.toArray(String[]::new));
      results.forEach(
          result ->
              table.row(cells.stream().map(cell -> cell.apply(result)).toArray(String[]::new)));
      return table;
    }
  }
}
