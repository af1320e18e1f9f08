package org.latticelift.io.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads what {@link CsvWriter} has written. */
public final class CsvReader {
  private static final CSVFormat FORMAT =
      CsvWriter.FORMAT.builder().setHeader().setSkipHeaderRecord(true).build();

  private CsvReader() {}

  /**
   * All rows of a file.
   *
   * @param file UTF-8, a header first
   * @return cells by column, in the order of the file
   * @throws IOException if it cannot be read
   */
  public static List<Map<String, String>> rows(Path file) throws IOException {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      return parser.getRecords().stream().map(CSVRecord::toMap).toList();
    }
  }
}
