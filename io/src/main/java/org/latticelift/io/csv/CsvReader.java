package org.latticelift.io.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.latticelift.io.error.LatticeLiftException;

/** Reads what {@link CsvWriter} has written. */
public final class CsvReader {
  private static final CSVFormat FORMAT =
      CsvWriter.FORMAT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .build();

  private CsvReader() {}

  /**
   * All rows of a file.
   *
   * @param file UTF-8, a header first
   * @return cells by column, in the order of the file
   */
  public static List<Map<String, String>> rows(Path file) {
    return rows(file, "a header and rows of comma-separated values");
  }

  /**
   * The same for a file of which errors say what it should hold. One that cannot be read has exit
   * code 66, one that is no CSV 65: a quote that is not closed, two columns of one name, a row with
   * more cells than the header.
   *
   * @param file UTF-8, a header first
   * @param allowed what it should hold
   * @return cells by column, in the order of the file
   */
  public static List<Map<String, String>> rows(Path file, String allowed) {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      List<CSVRecord> records = parser.getRecords();
      int columns = parser.getHeaderNames().size();
      for (CSVRecord row : records) {
        if (row.stream().skip(columns).anyMatch(cell -> !cell.isBlank())) {
          String where = file + ", row " + (row.getRecordNumber() + 1);
          throw bad(where, "more cells than columns", allowed);
        }
      }
      return records.stream().map(CSVRecord::toMap).toList();
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw LatticeLiftException.unreadable(file, "a readable CSV file with " + allowed, e);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw bad(file.toString(), "no CSV file: " + reason(e), allowed);
    }
  }

  private static String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? "a mistake in its form" : root.getMessage();
  }

  private static LatticeLiftException bad(String where, String what, String allowed) {
    return LatticeLiftException.badData(what, where, allowed, "Correct the file");
  }
}
