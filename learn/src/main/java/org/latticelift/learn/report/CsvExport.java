package org.latticelift.learn.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.learn.evaluate.StageFiles;

/**
 * {@code trajectory.h5} and {@code ensemble.h5} as CSV in wide format, one row per record. Units
 * stand in the header: {@code time[s]}. Numbers read back exactly.
 */
final class CsvExport {
  private final Hdf5Reader reader;
  private final List<String> observables;
  private final CsvWriter out;

  private CsvExport(Hdf5Reader reader, Writer out) {
    this.reader = reader;
    this.observables = reader.textListAttribute("/", "observable_names");
    this.out = new CsvWriter(out);
  }

  /**
   * Writes a file of trajectories or of an ensemble, told apart by content.
   *
   * @param reader the file
   * @param out where to
   * @throws IOException if it cannot be written
   */
  static void write(Hdf5Reader reader, Writer out) throws IOException {
    List<String> conditions = StageFiles.conditions(reader);
    boolean runs = conditions.stream().anyMatch(c -> reader.exists("/" + c + "/run0/observables"));
    boolean ensemble = conditions.stream().anyMatch(c -> reader.exists("/" + c + "/mean"));
    if (!runs && !ensemble) {
      throw LatticeLiftException.badData(
          "the file holds no trajectories",
          reader.file().toString(),
          "trajectory.h5 or ensemble.h5 for --to csv",
          "Name one of those, or use --to lammps or xyz for states");
    }
    CsvExport export = new CsvExport(reader, out);
    if (runs) {
      export.trajectories(conditions);
    } else {
      export.ensembles(conditions);
    }
  }

  private void trajectories(List<String> conditions) throws IOException {
    row(header(List.of("condition", "run", time(conditions, "/run0"), "jumps"), List.of("")));
    for (String condition : conditions) {
      for (int run = 0; reader.exists("/" + condition + "/run" + run); run++) {
        trajectory(condition, run);
      }
    }
  }

  /** The title of the column of times. */
  private String time(List<String> conditions, String run) {
    String unit = reader.textAttribute("/" + conditions.get(0) + run + "/time", "units");
    return unit.equals("1") ? "time" : "time[" + unit + "]";
  }

  private void trajectory(String condition, int run) throws IOException {
    String group = "/" + condition + "/run" + run;
    double[] time = reader.doubles(group + "/time");
    reader.requireDims(group + "/jumps", time.length);
    long[] jumps = reader.longs(group + "/jumps");
    double[] values = table(group + "/observables", time.length);
    for (int i = 0; i < time.length; i++) {
      List<String> cells = new ArrayList<>();
      cells.add(condition);
      cells.add(Integer.toString(run));
      cells.add(Double.toString(time[i]));
      cells.add(Long.toString(jumps[i]));
      add(cells, values, i);
      row(cells);
    }
  }

  private void ensembles(List<String> conditions) throws IOException {
    row(header(List.of("condition", time(conditions, "")), List.of("_mean", "_std")));
    for (String condition : conditions) {
      String group = "/" + condition;
      double[] time = reader.doubles(group + "/time");
      double[] mean = table(group + "/mean", time.length);
      double[] deviation = table(group + "/std", time.length);
      for (int i = 0; i < time.length; i++) {
        List<String> cells = new ArrayList<>();
        cells.add(condition);
        cells.add(Double.toString(time[i]));
        add(cells, mean, i);
        add(cells, deviation, i);
        row(cells);
      }
    }
  }

  private List<String> header(List<String> keys, List<String> endings) {
    List<String> header = new ArrayList<>(keys);
    for (String ending : endings) {
      observables.forEach(name -> header.add(name + ending));
    }
    return header;
  }

  private double[] table(String path, int records) {
    reader.requireDims(path, records, observables.size());
    return reader.doubles(path);
  }

  private void add(List<String> cells, double[] values, int record) {
    int m = observables.size();
    for (int c = 0; c < m; c++) {
      cells.add(Double.toString(values[record * m + c]));
    }
  }

  private void row(List<String> cells) throws IOException {
    out.row(cells);
  }
}
