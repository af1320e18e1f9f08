package org.latticelift.io.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes rows of cells, each quoted where it has to be (RFC 4180), each row ended by a line feed.
 * Numbers are the caller's to format, since how many digits mean something differs.
 */
public final class CsvWriter {
  static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator('\n').build();

  private final CSVPrinter printer;

  /**
   * Writes nothing yet.
   *
   * @param out where to; not closed here
   */
  public CsvWriter(Appendable out) {
    try {
      this.printer = new CSVPrinter(out, FORMAT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A table as text.
   *
   * @param rows the header and the others
   * @return all rows, each ended by a line feed
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
    printer.printRecord(cells);
  }
}
