package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A table of plain text with aligned columns: words to the left, numbers to the right. */
public final class ResultTable {
  /** In the place of a value that is not known. */
  public static final String UNKNOWN = "-";

  private final List<String> headers;
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table ({@code headers}: one word or phrase per column). */
  public ResultTable(String... headers) {
    this.headers = List.of(headers);
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

  /**
   * The same without the columns in which no row knows a value; a new table, with the columns that
   * say something.
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

  /** The headers; one per column. */
  public List<String> headers() {
    return headers;
  }

  /** The rows; cells, row by row. */
  public List<List<String>> rows() {
    return List.copyOf(rows);
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
}
