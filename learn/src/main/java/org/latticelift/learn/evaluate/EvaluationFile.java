package org.latticelift.learn.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.learn.sde.Resampling.ResamplingGroup;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;

/**
 * {@code evaluation.h5} and {@code evaluation.csv}: per condition one dataset [observables] for
 * each number of a component, and scalars for what holds for the whole condition; notes on what is
 * doubtful. What is not available is NaN. Which models share their pairs is told by {@link
 * ResamplingGroup}.
 */
public final class EvaluationFile {
  /** Name in the run directory. */
  public static final String NAME = "evaluation.h5";

  /** Name of the same numbers as a table. */
  public static final String TABLE = "evaluation.csv";

  private static final String MODELS = "models";
  private static final String TIME = "/discrepancy_time";
  private static final String CURVE = "/discrepancy_against_time";
  private static final String NOTES = "/notes";

  private EvaluationFile() {}

  /** Writes the results into an open file ({@code writer}: an empty file). */
  static void write(Hdf5Writer writer, Evaluation evaluation) {
    writer.attribute("/", "observable_names", evaluation.observables().toArray(String[]::new));
    writer.attribute("/", "parameter_name", evaluation.parameter());
    writer.attribute("/", "time_unit", evaluation.timeUnit());
    writer.attribute("/", "vacancy_neighbours", evaluation.ruleDeficit());
    writer.attribute("/", MODELS, evaluation.resampling().models());
    ResamplingGroup.write(writer, evaluation.resampling());
    if (!evaluation.notes().isEmpty()) {
      writer.text(
          NOTES,
          String.join("\n", evaluation.notes()),
          DatasetInfo.of("1", "what is doubtful, one note a line"));
    }
    for (ConditionResult condition : evaluation.conditions()) {
      write(writer, evaluation, condition);
    }
  }

  private static void write(Hdf5Writer writer, Evaluation evaluation, ConditionResult condition) {
    String group =
        ConditionGroup.write(
            writer,
            new Condition(condition.condition(), evaluation.parameter(), condition.value()));
    Map<String, String> units = Map.of("time", evaluation.timeUnit());
    ComponentResult.LAYOUT.writeColumns(writer, group, condition.components(), "observable", units);
    ConditionResult.LAYOUT.write(writer, group, condition, units, Map.of());
    Discrepancy distance = condition.distance();
    if (distance.time().length > 0) {
      curve(writer, group + TIME, distance.time(), evaluation.timeUnit(), "time");
      curve(writer, group + CURVE, distance.biased(), "1", "discrepancy, V-statistic");
    }
  }

  private static void curve(
      Hdf5Writer writer, String path, double[] values, String units, String longName) {
    writer.dataset(
        path, values, new long[] {values.length}, DatasetInfo.of(units, longName, "time"));
  }

  /** Reads the results back ({@code file}: written by the stage {@code evaluate}). */
  public static Evaluation read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      List<String> observables = reader.textListAttribute("/", "observable_names");
      String parameter = reader.textAttribute("/", "parameter_name");
      List<ConditionResult> conditions = new ArrayList<>();
      for (Condition condition : ConditionGroup.all(reader)) {
        conditions.add(read(reader, condition, observables));
      }
      return new Evaluation(
          parameter,
          observables,
          conditions,
          reader.doubleAttribute("/", "vacancy_neighbours"),
          reader.textAttribute("/", "time_unit"),
          ResamplingGroup.read(reader, (int) reader.longAttribute("/", MODELS)),
          notes(reader));
    }
  }

  private static ConditionResult read(
      Hdf5Reader reader, Condition condition, List<String> observables) {
    String group = ConditionGroup.path(condition);
    List<Map<String, Object>> names =
        observables.stream().map(name -> Map.<String, Object>of("observable", name)).toList();
    return ConditionResult.LAYOUT.read(
        reader,
        group,
        Map.of(
            "condition", condition.name(),
            "value", condition.value(),
            "components", ComponentResult.LAYOUT.readColumns(reader, group, names),
            "time", curve(reader, group + TIME),
            "biased", curve(reader, group + CURVE)),
        Map.of());
  }

  private static List<String> notes(Hdf5Reader reader) {
    return reader.exists(NOTES) ? reader.text(NOTES).lines().toList() : List.of();
  }

  private static double[] curve(Hdf5Reader reader, String path) {
    return reader.exists(path) ? reader.doubles(path) : new double[0];
  }

  /**
   * The table: one row per condition and observable; the header names the unit of what has one,
   * such as {@code direct_time[s]}. What is not available is empty.
   */
  static String csv(Evaluation evaluation) {
    Map<String, String> units = Map.of("time", evaluation.timeUnit());
    List<List<String>> rows = new ArrayList<>();
    List<String> header =
        new ArrayList<>(List.of("condition", evaluation.parameter(), "observable"));
    header.addAll(ComponentResult.LAYOUT.titles(units));
    header.addAll(ConditionResult.LAYOUT.titles(units));
    rows.add(header);
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult component : condition.components()) {
        List<String> row = new ArrayList<>();
        row.add(condition.condition());
        row.add(CsvCell.compact(condition.value()));
        row.add(component.observable());
        row.addAll(ComponentResult.LAYOUT.cells(component));
        row.addAll(ConditionResult.LAYOUT.cells(condition));
        rows.add(row);
      }
    }
    return CsvWriter.text(rows);
  }
}
