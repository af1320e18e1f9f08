package org.latticelift.io.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.testing.Failures;

class CsvWriterTest {
  @TempDir private Path folder;

  @Test
  void plainCellsStayAsTheyAre() {
    assertThat(CsvWriter.text(List.of(List.of("a", "time[s]"), List.of("T2000", "-1.5E-9"))))
        .isEqualTo("a,time[s]\nT2000,-1.5E-9\n");
    assertThat(CsvWriter.text(List.of(List.of("a", "", "b"), List.of("x", "", ""))))
        .isEqualTo("a,,b\nx,,\n");
  }

  /** The rules of RFC 4180, section 2, points 6 and 7. */
  @Test
  void cellsWithCommasQuotesOrLineEndsAreQuoted() {
    assertThat(CsvWriter.text(List.of(List.of("N,b", "M\"o", "T\na", "W"))))
        .isEqualTo("\"N,b\",\"M\"\"o\",\"T\na\",W\n");
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    List<String> odd = List.of("N,b", " M\"o\" ", "T\r\na");
    Path file = folder.resolve("a.csv");
    Files.writeString(file, CsvWriter.text(List.of(List.of("x", "y,z", "u"), odd)));
    assertThat(CsvReader.rows(file))
        .containsExactly(Map.of("x", odd.get(0), "y,z", odd.get(1), "u", odd.get(2)));
  }

  /** Names may be anything; a spreadsheet runs what begins like these. */
  @Test
  void whatASpreadsheetWouldRunIsText() throws Exception {
    List<String> names =
        List.of("=1+1", "+A1", "@SUM(A1)", "-2+3", "\tx", "'=x", "'x", "-", "- a", "--a");
    List<String> numbers =
        List.of("-1.5E-9", "+3", "-.5", "-Infinity", "2", "-7", "+1e5", "", "-0", "0");
    String text = CsvWriter.text(List.of(names, numbers));
    String header = text.substring(0, text.indexOf('\n'));
    assertThat(header)
        .contains("'=1+1", "'+A1", "'@SUM(A1)", "'-2+3", ",'x,-,")
        .doesNotContain("'- a");
    assertThat(header).doesNotContainPattern("(^|[,\"])([=+@]|-2)");
    assertThat(text).endsWith("\n" + String.join(",", numbers) + "\n");
    Path file = Files.writeString(folder.resolve("a.csv"), text);
    Map<String, String> row = CsvReader.rows(file).get(0);
    assertThat(row.keySet()).containsExactlyElementsOf(names);
    assertThat(row.values()).containsExactlyElementsOf(numbers);
  }

  /** As spreadsheets write it: a byte order mark, blank lines, rows of empty cells. */
  @Test
  void marksOfEncodingAndBlankLinesArePassedOver() throws Exception {
    Path file = folder.resolve("a.csv");
    for (String mark : List.of("", "\uFEFF")) {
      for (String header : List.of("time_s,b", "\"time_s\",b", "\ntime_s,b", "\r\n\r\ntime_s,b")) {
        Files.writeString(file, mark + header + "\r\n\r\n1,2\r\n,\n  \n3,\n\n\n");
        assertThat(CsvReader.rows(file))
            .containsExactly(Map.of("time_s", "1", "b", "2"), Map.of("time_s", "3", "b", ""));
      }
    }
    Files.writeString(file, "\uFEFFa,b\n\n1,2\n\n3,4\n");
    assertThat(CsvReader.numbered(file, ""))
        .extracting(CsvReader.Row::line)
        .containsExactly(3L, 5L);
    refused("a,b\n\n1,2,3\n", "more cells than columns", "a.csv, row 3");
    assertThat(CsvReader.rows(Files.writeString(file, "\uFEFF\n\n"))).isEmpty();
    assertThat(CsvReader.rows(Files.writeString(file, ""))).isEmpty();
  }

  @Test
  void whatIsNoCsvIsRefused() throws Exception {
    refused("a,b\n\"1,2\n", "no CSV file", "a.csv");
    refused("a,a\n1,2\n", "no CSV file", "a.csv");
    refused("a,b\n1,2\n1,2,3\n", "more cells than columns", "a.csv, row 3");
    Path absent = folder.resolve("no.csv");
    Failures.assertFails(ExitCode.MISSING_INPUT, () -> CsvReader.rows(absent), "no.csv");
    Files.writeString(folder.resolve("a.csv"), "a,b\n1,2,\n1\n");
    assertThat(CsvReader.rows(folder.resolve("a.csv")))
        .containsExactly(Map.of("a", "1", "b", "2"), Map.of("a", "1"));
  }

  private void refused(String text, String... parts) throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), text);
    Failures.assertFails(ExitCode.BAD_DATA, () -> CsvReader.rows(file, "a and b"), parts);
  }
}
