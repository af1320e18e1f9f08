package org.latticelift.io.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Reads what {@link CsvWriter} has written, and what spreadsheets make of it: a byte order mark and
 * blank lines are passed over.
 */
public final class CsvReader {
  private static final CSVFormat FORMAT =
      CsvWriter.FORMAT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .build();

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private CsvReader() {}

  /**
   * All rows of a file ({@code file}: UTF-8, a header first); cells by column, in the order of the
   * file.
   */
  public static List<Map<String, String>> rows(Path file) {
    return rows(file, "a header and rows of comma-separated values");
  }

  /**
   * The same for a file of which errors say what it should hold. One that cannot be read has exit
   * code 66, one that is no CSV 65: a quote that is not closed, two columns of one name, a row with
   * more cells than the header. Returns cells by column, in the order of the file ({@code file}:
   * UTF-8, a header first; with or without a byte order mark).
   */
  public static List<Map<String, String>> rows(Path file, String allowed) {
    return numbered(file, allowed).stream().map(Row::cells).toList();
  }

  /**
   * A row of a file.
   *
   * @param line of the file on which it ends, from 1
   * @param cells by column
   */
  public record Row(long line, Map<String, String> cells) {}

  /**
   * The same with the numbers of lines, which those that are blank count for ({@code file}: UTF-8,
   * a header first; with or without a byte order mark; {@code allowed}: what it should hold); rows
   * in the order of the file.
   */
  public static List<Row> numbered(Path file, String allowed) {
    List<Row> rows = new ArrayList<>();
    each(file, allowed, rows::add);
    return rows;
  }

  /** Hands on row by row, so that a large file needs no memory. */
  public static void each(Path file, String allowed, Consumer<Row> to) {
    try (BufferedReader text = text(file);
        CSVParser parser = CSVParser.parse(text, FORMAT)) {
      List<String> columns = parser.getHeaderNames().stream().map(CsvWriter::withoutMark).toList();
      for (CSVRecord record : parser) {
        if (record.stream().skip(columns.size()).anyMatch(cell -> !cell.isBlank())) {
          String where = file + ", row " + parser.getCurrentLineNumber();
          throw bad(where, "more cells than columns", allowed);
        }
        if (record.stream().anyMatch(cell -> cell.indexOf('\0') >= 0)) {
          String where = file + ", row " + parser.getCurrentLineNumber();
          throw bad(where, "a character NUL", allowed);
        }
        if (record.stream().anyMatch(cell -> !cell.isBlank())) {
          to.accept(new Row(parser.getCurrentLineNumber(), cells(columns, record)));
        }
      }
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw LatticeLiftException.unreadable(file, "a readable CSV file with " + allowed, e);
    } catch (MalformedInputException e) {
      throw bad(file.toString(), "no CSV file: no text in UTF-8", allowed);
    } catch (IllegalArgumentException e) {
      String header = "no CSV file: two columns of one name, or one without a name";
      throw bad(file + ", first row", header, allowed);
    } catch (IOException | UncheckedIOException e) {
      throw bad(file + place(e), "no CSV file: a quote that does not end a cell", allowed);
    }
  }

  private static Map<String, String> cells(List<String> columns, CSVRecord record) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(columns.size(), record.size()); i++) {
      cells.put(columns.get(i), CsvWriter.withoutMark(record.get(i)));
    }
    return cells;
  }

  /** Behind the byte order mark that spreadsheets begin a file with. */
  private static BufferedReader text(Path file) throws IOException {
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  /** The row, where the parser names one. */
  private static String place(Exception e) {
    Matcher row = Pattern.compile("\\(line ([0-9]+)\\)").matcher(String.valueOf(e.getMessage()));
    return row.find() ? ", row " + row.group(1) : "";
  }

  private static LatticeLiftException bad(String where, String what, String allowed) {
    return LatticeLiftException.badData(what, where, allowed, "Correct the file");
  }
}
