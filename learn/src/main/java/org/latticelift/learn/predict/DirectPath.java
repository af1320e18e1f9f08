package org.latticelift.learn.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.simulate.TrajectoryFile;

/** What direct runs along a schedule did, for a terminal: late means would say nothing. */
public final class DirectPath {
  private static final int ROWS = 11;

  private DirectPath() {}

  /**
   * Means over the runs at some times ({@code trajectories}: {@code trajectory.h5} of runs along
   * the schedule; {@code realTime}: of a crystal, where that is asked for).
   */
  public static List<String> lines(
      Path trajectories, Schedule schedule, Optional<RealTime> realTime) {
    try (TrajectoryFile file = TrajectoryFile.open(trajectories)) {
      List<String> observables = file.observables();
      List<TimeSeries> runs =
          StageFiles.direct(file, observables).values().stream().findFirst().orElse(List.of());
      int records = runs.get(0).length();
      int shown = Math.min(ROWS, records);
      double[] times = new double[shown];
      Arrays.setAll(times, i -> runs.get(0).time((int) ((long) i * (records - 1) / (shown - 1))));
      double[] real = realTime.map(time -> time.times(schedule, times)).orElse(new double[0]);
      List<String> headers = new ArrayList<>();
      headers.add(CsvCell.title("time", file.timeUnit(file.conditions().get(0))));
      if (real.length > 0) {
        headers.add("real time");
      }
      headers.add(file.conditions().get(0).parameter());
      headers.addAll(observables);
      ResultTable table = new ResultTable(headers.toArray(String[]::new));
      for (int i = 0; i < shown; i++) {
        List<String> row = new ArrayList<>();
        row.add(String.format(Locale.ROOT, "%.4g", times[i]));
        if (real.length > 0) {
          row.add(Hours.text(real[i]));
        }
        row.add(String.format(Locale.ROOT, "%.6g", schedule.value(times[i])));
        for (int c = 0; c < observables.size(); c++) {
          Estimate mean = Estimate.ofRuns(CommonTimes.at(runs, times[i], c));
          row.add(ResultTable.withError("%.4f", mean.value(), mean.error()));
        }
        table.row(row.toArray(String[]::new));
      }
      List<String> lines = new ArrayList<>(table.lines());
      lines.add("Means over " + runs.size() + " runs with standard errors.");
      return lines;
    }
  }
}
