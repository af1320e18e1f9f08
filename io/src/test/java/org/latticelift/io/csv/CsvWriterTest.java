package org.latticelift.io.csv;

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
