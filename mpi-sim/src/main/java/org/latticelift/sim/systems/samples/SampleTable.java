package org.latticelift.sim.systems.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.io.config.Decimal;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.CsvReader;

/**
 * Columns of finite numbers with names, from CSV or HDF5. In HDF5 a column is a dataset; a dataset
 * with a column for each observable, such as {@code z0}, stands for {@code z0:NAME} and so on with
 * the names of the attribute {@code observable_names}, and {@code condition} for a column with the
 * name of the attribute {@code parameter_name}.
 *
 * @param file where they stand
 * @param columns by name, in the order of the file, of equal length
 * @param place of a number, by row from 0 and column, for messages
 */
record SampleTable(
    Path file, Map<String, double[]> columns, BiFunction<Integer, String, String> place) {
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern OBSERVABLE = Pattern.compile("[^\\s/:,\"]+");
  private static final String CONDITION = "condition";

  /** Columns of runs, or of tables that other programs write, which vary but are not varied. */
  private static final Set<String> OTHER_MEANINGS =
      Set.of("time", "time_s", "run", "record", "index", "row", "patch", "sample", "seed");

  /** Reads a file ({@code allowed}: what it should hold, for messages). */
  static SampleTable read(Path file, String allowed) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    SampleTable table = name.endsWith(".csv") ? ofCsv(file, allowed) : ofHdf5(file);
    if (table.rows() == 0) {
      throw LatticeLiftException.badData(
          "a file without a row", file.toString(), allowed, "Write the file again");
    }
    table.columns.forEach(
        (column, values) -> {
          for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
              throw table.bad(row, column, "a value of " + values[row], "finite numbers");
            }
            values[row] += 0.0; // minus zero is zero
          }
        });
    return table;
  }

  private static SampleTable ofCsv(Path file, String allowed) {
    List<CsvReader.Row> rows = CsvReader.numbered(file, allowed);
    Map<String, double[]> columns = new LinkedHashMap<>();
    BiFunction<Integer, String, String> place =
        (row, column) -> file + ", row " + rows.get(row).line() + ", column " + column;
    SampleTable table = new SampleTable(file, columns, place);
    if (!rows.isEmpty()) {
      rows.get(0).cells().keySet().forEach(name -> columns.put(name, new double[rows.size()]));
    }
    columns.forEach(
        (name, values) -> {
          for (int row = 0; row < values.length; row++) {
            values[row] = table.number(row, name, rows.get(row).cells().get(name));
          }
        });
    return table;
  }

  private double number(int row, String column, String cell) {
    if (cell == null || cell.isBlank()) {
      throw bad(row, column, "an empty cell", "a number");
    }
    try {
      return Decimal.parse(cell.strip());
    } catch (NumberFormatException e) {
      throw bad(row, column, "'" + cell + "' is no number", "a number such as 0.25");
    }
  }

  private static SampleTable ofHdf5(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      Map<String, double[]> columns = new LinkedHashMap<>();
      String first = "";
      for (String name : reader.children("/")) {
        long[] dims = reader.dims("/" + name);
        String has = dims.length == 0 ? "one number" : dims[0] + " rows";
        first = first.isEmpty() ? has + " of /" + name : first;
        if (!first.startsWith(has + " ")) {
          throw LatticeLiftException.badData(
              "datasets of different lengths: " + has + " beside " + first,
              file + " /" + name,
              "one row per sample in every dataset",
              "Write the file again");
        }
        add(reader, name, dims, columns);
      }
      return new SampleTable(
          file, columns, (row, column) -> file + " /" + dataset(column) + ", row " + row);
    }
  }

  private static String dataset(String column) {
    int colon = column.indexOf(':');
    return colon < 0 ? column : column.substring(0, colon) + ", " + column.substring(colon + 1);
  }

  private static void add(
      Hdf5Reader reader, String name, long[] dims, Map<String, double[]> columns) {
    double[] values = reader.doubles("/" + name);
    if (dims.length == 1) {
      boolean condition = name.equals(CONDITION);
      columns.put(condition ? reader.textAttribute("/", "parameter_name") : name, values);
      return;
    }
    List<String> names = reader.textListAttribute("/", "observable_names");
    reader.requireDims("/" + name, -1, names.size());
    for (int i = 0; i < names.size(); i++) {
      double[] column = new double[(int) dims[0]];
      for (int row = 0; row < column.length; row++) {
        column[row] = values[row * names.size() + i];
      }
      columns.put(name + ":" + names.get(i), column);
    }
  }

  int rows() {
    return columns.values().stream().mapToInt(values -> values.length).max().orElse(0);
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** The numbers of a column; an error where there is none. */
  double[] column(String name) {
    double[] values = columns.get(name);
    if (values == null) {
      throw bad("no column " + name, "a column " + name + ", beside " + columns.keySet());
    }
    return values;
  }

  /** Whole numbers of a column, from 0 on. */
  int[] wholes(String name) {
    double[] values = column(name);
    int[] wholes = new int[values.length];
    for (int row = 0; row < wholes.length; row++) {
      wholes[row] = (int) values[row];
      if (wholes[row] != values[row] || wholes[row] < 0) {
        throw bad(row, name, "a value of " + values[row], "whole numbers from 0 to 2147483647");
      }
    }
    return wholes;
  }

  /** What stands behind a prefix such as {@code z0:} in the names of columns, in their order. */
  List<String> behind(String prefix) {
    List<String> names =
        columns.keySet().stream()
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .toList();
    names.stream()
        .filter(name -> !OBSERVABLE.matcher(name).matches())
        .findFirst()
        .ifPresent(
            name -> {
              throw bad(
                  "an observable '" + name + "'", "names without blanks, commas, colons, slashes");
            });
    return names;
  }

  /** Some columns, row-major. */
  double[] rows(List<String> names) {
    int m = names.size();
    double[] all = new double[rows() * m];
    for (int i = 0; i < m; i++) {
      double[] column = column(names.get(i));
      for (int row = 0; row < column.length; row++) {
        all[row * m + i] = column[row];
      }
    }
    return all;
  }

  /**
   * The one column that is none of the others: what is varied ({@code known}: names of columns;
   * {@code prefixes}: what names may begin with).
   */
  String parameter(List<String> known, List<String> prefixes) {
    List<String> others =
        columns.keySet().stream()
            .filter(name -> !known.contains(name))
            .filter(name -> prefixes.stream().noneMatch(name::startsWith))
            .toList();
    String words =
        "one column with the name of what is varied, such as temperature_K, and "
            + Stream.concat(known.stream(), prefixes.stream().map(prefix -> prefix + "NAME"))
                .collect(Collectors.joining(", "));
    if (others.size() != 1) {
      throw bad(
          others.isEmpty()
              ? "no column for the condition"
              : "columns " + String.join(", ", others) + ", of which one may name the condition",
          words);
    }
    if (OTHER_MEANINGS.contains(others.get(0))) {
      throw bad("a column " + others.get(0) + ", which names no condition", words);
    }
    if (!PARAMETER.matcher(others.get(0)).matches()) {
      throw bad("a condition '" + others.get(0) + "'", "a letter, then letters, digits and _");
    }
    return others.get(0);
  }

  LatticeLiftException bad(int row, String column, String what, String allowed) {
    return LatticeLiftException.badData(
        what, place.apply(row, column), allowed, "Correct the file");
  }

  LatticeLiftException bad(String what, String allowed) {
    return LatticeLiftException.badData(what, file.toString(), allowed, "Correct the file");
  }

  /** Rows by a number each has, in the order of the numbers. */
  static Map<Double, List<Integer>> byValue(double[] values) {
    Map<Double, List<Integer>> rows = new TreeMap<>();
    for (int row = 0; row < values.length; row++) {
      rows.computeIfAbsent(values[row], value -> new ArrayList<>()).add(row);
    }
    return rows;
  }
}
