package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.io.csv.CsvCell;
import org.latticelift.io.csv.CsvWriter;

/**
 * {@code evaluation.csv}: one row per condition and observable; the header names the unit of what
 * has one, such as {@code direct_time[s]}. What is not available is empty.
 */
final class EvaluationCsv {
  /** Name in the run directory. */
  static final String NAME = "evaluation.csv";

  private EvaluationCsv() {}

  static String text(Evaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(header(evaluation));
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult component : condition.components()) {
        rows.add(row(condition, component));
      }
    }
    return CsvWriter.text(rows);
  }

  private static List<String> header(Evaluation evaluation) {
    Stream<String> keys = Stream.of("condition", evaluation.parameter(), "observable");
    Stream<String> components =
        Columns.ALL.stream().map(c -> CsvCell.title(c.name(), c.units(evaluation)));
    Stream<String> conditions =
        ConditionColumns.ALL.stream().map(c -> CsvCell.title(c.name(), c.units(evaluation)));
    return Stream.of(keys, components, conditions).flatMap(part -> part).toList();
  }

  private static List<String> row(ConditionResult condition, ComponentResult component) {
    Stream<String> keys =
        Stream.of(
            condition.condition(), CsvCell.compact(condition.value()), component.observable());
    Stream<String> components =
        Columns.ALL.stream().map(c -> CsvCell.compact(c.value().applyAsDouble(component)));
    Stream<String> conditions =
        ConditionColumns.ALL.stream().map(c -> CsvCell.compact(c.value().applyAsDouble(condition)));
    return Stream.of(keys, components, conditions).flatMap(part -> part).toList();
  }
}
