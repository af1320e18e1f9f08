package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A run of ten records and one model: nothing is relaxed, and nothing is compared. */
class DoubtTest {
  private static Path run;
  private static String said;

  @BeforeAll
  static void run(@SharedRun(ALLOY) SharedRun.Made made) {
    run = made.folder();
    assertThat(made.outcome().err()).isEmpty();
    said = made.outcome().out();
  }

  private static List<Map<String, String>> table(String name) {
    List<String> lines = TinyRun.lines(run.resolve(name));
    String[] header = lines.get(0).split(",");
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              Map<String, String> row = new HashMap<>();
              for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
              }
              return row;
            })
        .toList();
  }

  @Test
  void bothTablesStateTheSameErrorOfTheSameMean() {
    List<Map<String, String>> direct = table("direct.csv");
    List<Map<String, String>> evaluation = table("evaluation.csv");
    assertThat(direct).hasSize(12);
    assertThat(evaluation).hasSameSizeAs(direct);
    for (int i = 0; i < direct.size(); i++) {
      Map<String, String> one = direct.get(i);
      Map<String, String> other = evaluation.get(i);
      assertThat(other).containsEntry("observable", one.get("observable"));
      assertThat(number(other.get("direct"))).isEqualTo(number(one.get("mean")));
      assertThat(number(other.get("direct_error"))).isEqualTo(number(one.get("error")));
      assertThat(other).containsEntry("direct_dropped", one.get("dropped_records"));
    }
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  @Test
  void tablesNameTheCriteriaThatFailed() {
    for (String name : List.of("simulate.csv", "direct.csv")) {
      assertThat(table(name)).allMatch(row -> row.get("relaxed").equals("no"));
      assertThat(table(name))
          .anySatisfy(row -> assertThat(row.get("failed")).contains("blocks"))
          .allSatisfy(
              row ->
                  assertThat(Arrays.asList(row.get("failed").split(" ")))
                      .isSubsetOf("transient", "blocks", "drift", "mixing", ""));
    }
  }

  @Test
  void theRunAndItsReportSayWhatWasNotRelaxedAndNotCompared() {
    String page =
        new String(TinyRun.bytes(run.resolve("report/index.html")), StandardCharsets.UTF_8);
    for (String text : List.of(said, page)) {
      assertThat(text)
          .contains("T1400: the small-system runs are not equilibrated: ")
          .contains("T1400: the direct runs are not equilibrated: ")
          .contains("One model: no interval.");
    }
    assertThat(page)
        .contains("evaluate.tolerance for verdicts without")
        .contains(
            "12 equilibrium means were predicted; 12 were not compared with direct simulation.")
        .doesNotContain("none found a reason");
  }

  /** 2 x 10^3 sites with a share of 0.004 of vacancies: eight, one per 250 sites. */
  @Test
  void theReportSaysWhichVacancyConcentrationTimesHoldFor() {
    String page =
        new String(TinyRun.bytes(run.resolve("report/index.html")), StandardCharsets.UTF_8);
    assertThat(page).contains("one vacancy per 250 sites; a real crystal has many orders");
  }
}
