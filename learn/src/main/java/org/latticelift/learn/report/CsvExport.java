package org.latticelift.learn.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.csv.CsvCell;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.sim.simulate.RunRecords;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;

/**
 * {@code trajectory.h5} and {@code ensemble.h5} as CSV in wide format, one row per record. Units
 * stand in the header: {@code time[s]}. Numbers read back exactly.
 */
final class CsvExport {
  private final List<String> observables;
  private final CsvWriter out;

  private CsvExport(List<String> observables, Writer out) {
    this.observables = observables;
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
    TrajectoryFile runs = TrajectoryFile.of(reader);
    EnsembleFile ensembles = EnsembleFile.of(reader);
    if (runs.conditions().isEmpty() && ensembles.conditions().isEmpty()) {
      throw LatticeLiftException.badData(
          "the file holds no trajectories",
          reader.file().toString(),
          TrajectoryFile.NAME + " or " + EnsembleFile.NAME + " for --to csv",
          "Name one of those, or use --to lammps or xyz for states");
    }
    CsvExport export = new CsvExport(runs.observables(), out);
    if (runs.conditions().isEmpty()) {
      export.ensembles(ensembles);
    } else {
      export.trajectories(runs);
    }
  }

  private void trajectories(TrajectoryFile file) throws IOException {
    String time = CsvCell.title("time", file.timeUnit(file.conditions().get(0)));
    row(header(List.of("condition", "run", time, "jumps"), List.of("")));
    for (Condition condition : file.conditions()) {
      int number = 0;
      for (RunRecords run : file.runs(condition)) {
        trajectory(condition, number++, run);
      }
    }
  }

  private void trajectory(Condition condition, int number, RunRecords run) throws IOException {
    for (int i = 0; i < run.time().length; i++) {
      List<String> cells = new ArrayList<>();
      cells.add(condition.name());
      cells.add(Integer.toString(number));
      cells.add(Double.toString(run.time()[i]));
      cells.add(Long.toString(run.jumps()[i]));
      add(cells, run.observables(), i);
      row(cells);
    }
  }

  private void ensembles(EnsembleFile file) throws IOException {
    String title = CsvCell.title("time", file.timeUnit(file.conditions().get(0)));
    row(header(List.of("condition", title), List.of("_mean", "_std", "_half_width")));
    for (Condition condition : file.conditions()) {
      double[] time = file.time(condition);
      double[] mean = file.mean(condition);
      double[] deviation = file.deviation(condition);
      double[] half = file.halfWidth(condition);
      for (int i = 0; i < time.length; i++) {
        List<String> cells = new ArrayList<>();
        cells.add(condition.name());
        cells.add(Double.toString(time[i]));
        add(cells, mean, i);
        add(cells, deviation, i);
        add(cells, half, i);
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

  private void add(List<String> cells, double[] values, int record) {
    int m = observables.size();
    for (int c = 0; c < m; c++) {
      cells.add(CsvCell.of(values[record * m + c]));
    }
  }

  private void row(List<String> cells) throws IOException {
    out.row(cells);
  }
}
