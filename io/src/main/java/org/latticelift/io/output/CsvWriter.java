package org.latticelift.io.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes rows of cells, each quoted where it has to be (RFC 4180), each row ended by a line feed. A
 * text that a spreadsheet takes for a formula gets an apostrophe, which reading takes away again.
 * Numbers are the caller's to format, since how many digits mean something differs.
 */
public final class CsvWriter {
  static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator('\n').build();

  private static final String MARK = "'";

  /** What begins a formula, behind marks; a dash alone, or before a space, is none. */
  private static final Pattern FORMULA = Pattern.compile("^'*([=+@\t\r]|-[^\\s-])");

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?((\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|Infinity|NaN)");

  private final CSVPrinter printer;

  /** Writes nothing yet ({@code out}: where to; not closed here). */
  public CsvWriter(Appendable out) {
    try {
      this.printer = new CSVPrinter(out, FORMAT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A table as text ({@code rows}: the header and the others); all rows, each ended by a line feed.
   */
  public static String text(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    CsvWriter writer = new CsvWriter(text);
    try {
      for (List<String> row : rows) {
        writer.row(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Writes one row.
   *
   * @param cells not null; empty for what is not known
   * @throws IOException if it cannot be written
   */
  public void row(List<String> cells) throws IOException {
    printer.printRecord(cells.stream().map(CsvWriter::withMark).toList());
  }

  /** A cell that a spreadsheet would run is text behind a mark. */
  private static String withMark(String cell) {
    boolean runs = FORMULA.matcher(cell).find() && !NUMBER.matcher(cell).matches();
    return runs ? MARK + cell : cell;
  }

  /** What {@link #withMark} has got. */
  static String withoutMark(String cell) {
    boolean marked =
        cell.startsWith(MARK) && !withMark(cell.substring(1)).equals(cell.substring(1));
    return marked ? cell.substring(1) : cell;
  }
}
