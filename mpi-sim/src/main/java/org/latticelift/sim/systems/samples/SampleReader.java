package org.latticelift.sim.systems.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Imported.Increments;
import org.latticelift.sim.system.Imported.LargeRuns;
import org.latticelift.sim.system.Imported.Run;

/**
 * Reads training samples and runs of the large system from tables.
 *
 * @param conditions ascending
 * @param observables names, in the order of the file
 * @param increments the samples
 */
record SampleReader(List<Condition> conditions, List<String> observables, Increments increments) {
  private static final String BEFORE = "z0:";
  private static final String AFTER = "z1:";
  private static final String DRIFT = "drift:";
  private static final String GROUP = "group";
  private static final String STATE = "state";
  private static final String DT = "dt";
  private static final String WEIGHT = "weight";
  private static final String RUN = "run";
  private static final String TIME = "time";

  /** Relative; times of runs are those of one grid, written by different programs. */
  private static final double SAME = 1e-9;

  /** Reads training samples: one row per evolution of a patch. */
  static SampleReader of(Path file) {
    SampleTable table =
        SampleTable.read(
            file, "training samples: a condition, dt, z0, z1; perhaps group, state, drift, weight");
    String parameter =
        table.parameter(List.of(GROUP, STATE, DT, WEIGHT), List.of(BEFORE, AFTER, DRIFT));
    List<String> observables = table.behind(BEFORE);
    if (observables.isEmpty()) {
      throw table.bad("no observable", "a column z0:NAME and a column z1:NAME for each");
    }
    for (String prefix : List.of(AFTER, DRIFT)) {
      List<String> others = table.behind(prefix);
      boolean may = prefix.equals(DRIFT) && others.isEmpty();
      if (!may && !Set.copyOf(others).equals(Set.copyOf(observables))) {
        throw table.bad(
            "observables " + others + " of " + prefix + ", those of z0: are " + observables,
            "the same observables");
      }
    }
    double[] dt = table.column(DT);
    for (int row = 0; row < dt.length; row++) {
      if (!(dt[row] > 0)) {
        throw table.bad(row, DT, "a duration of " + dt[row], "times above 0");
      }
    }
    List<Condition> conditions =
        SampleTable.byValue(table.column(parameter)).entrySet().stream()
            .map(
                entry -> {
                  if (entry.getValue().size() < 2) {
                    throw table.bad(
                        entry.getValue().get(0),
                        parameter,
                        "a single sample at " + parameter + " " + entry.getKey(),
                        "at least two samples of each condition");
                  }
                  return Condition.of(parameter, entry.getKey());
                })
            .toList();
    return new SampleReader(
        conditions, observables, new Joined(table, parameter, conditions, observables).all());
  }

  /** Rows of one state joined to a sample. */
  private record Joined(
      SampleTable table, String parameter, List<Condition> conditions, List<String> observables) {
    Increments all() {
      List<List<Integer>> single = samples();
      int patches = single.get(0).size();
      single.forEach(rows -> requireAlike(rows, patches));
      List<List<Integer>> samples = table.has(WEIGHT) ? weighted(single) : single;
      int m = observables.size();
      double[] before = table.rows(named(BEFORE));
      double[] after = table.rows(named(AFTER));
      double[] values = table.column(parameter);
      double[] dt = table.column(DT);
      return new Increments(
          table.file(),
          first(samples, before, m),
          mean(samples, after, m),
          samples.stream().mapToDouble(rows -> dt[rows.get(0)]).toArray(),
          samples.stream()
              .mapToInt(rows -> conditions.indexOf(Condition.of(parameter, values[rows.get(0)])))
              .toArray(),
          patches,
          optional(GROUP).map(g -> samples.stream().mapToInt(rows -> g[rows.get(0)]).toArray()),
          table.behind(DRIFT).isEmpty()
              ? Optional.empty()
              : Optional.of(mean(samples, table.rows(named(DRIFT)), m)));
    }

    private List<String> named(String prefix) {
      return observables.stream().map(name -> prefix + name).toList();
    }

    private Optional<int[]> optional(String column) {
      return table.has(column) ? Optional.of(table.wholes(column)) : Optional.empty();
    }

    /** In the order of the first row of each. */
    private List<List<Integer>> samples() {
      Map<List<Number>, List<Integer>> rows = new LinkedHashMap<>();
      Optional<int[]> state = optional(STATE);
      double[] values = table.column(parameter);
      for (int row = 0; row < values.length; row++) {
        List<Number> key =
            state.isPresent() ? List.of(values[row], state.get()[row]) : List.of(row);
        rows.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
      }
      return List.copyOf(rows.values());
    }

    /**
     * As many samples of each condition as there are, each as often as it counts: once more
     * wherever the sum of weights so far has come to the next half of a mean weight.
     */
    private List<List<Integer>> weighted(List<List<Integer>> samples) {
      double[] values = table.column(parameter);
      double[] weights = table.column(WEIGHT);
      List<List<Integer>> drawn = new ArrayList<>();
      for (Condition condition : conditions) {
        List<List<Integer>> own =
            samples.stream().filter(rows -> values[rows.get(0)] == condition.value()).toList();
        double most = largest(own, weights);
        double total = own.stream().mapToDouble(rows -> weights[rows.get(0)] / most).sum();
        double sum = 0;
        int made = 0;
        for (List<Integer> rows : own) {
          sum += weights[rows.get(0)] / most; // their sum may be larger than numbers are
          for (; made + 0.5 < sum / total * own.size(); made++) {
            drawn.add(rows);
          }
        }
      }
      return drawn;
    }

    private double largest(List<List<Integer>> samples, double[] weights) {
      double most = samples.stream().mapToDouble(rows -> weights[rows.get(0)]).max().orElseThrow();
      for (List<Integer> rows : samples) {
        double weight = weights[rows.get(0)];
        if (!(weight >= 0 && most > 0)) {
          throw table.bad(
              rows.get(0),
              WEIGHT,
              "a weight of " + weight,
              "weights of 0 or more, one of each condition above 0");
        }
      }
      return most;
    }

    /** Patches of one state share all but what they have become. */
    private void requireAlike(List<Integer> rows, int patches) {
      int first = rows.get(0);
      if (rows.size() != patches) {
        throw table.bad(
            first,
            STATE,
            "a state with " + rows.size() + " patches, the first one has " + patches,
            "equally many patches of every state");
      }
      List<String> shared = new ArrayList<>(named(BEFORE));
      shared.add(DT);
      List.of(GROUP, WEIGHT).stream().filter(table::has).forEach(shared::add);
      for (String column : patches == 1 ? List.<String>of() : shared) {
        double[] values = table.column(column);
        for (int row : rows) {
          if (values[row] != values[first]) {
            throw table.bad(
                row,
                column,
                "two values of one state, " + values[first] + " and " + values[row],
                "rows of one state that differ in z1 and drift alone");
          }
        }
      }
    }

    private static double[] first(List<List<Integer>> samples, double[] all, int m) {
      double[] values = new double[samples.size() * m];
      for (int k = 0; k < samples.size(); k++) {
        System.arraycopy(all, samples.get(k).get(0) * m, values, k * m, m);
      }
      return values;
    }

    private static double[] mean(List<List<Integer>> samples, double[] all, int m) {
      double[] values = new double[samples.size() * m];
      for (int at = 0; at < values.length; at++) {
        List<Integer> rows = samples.get(at / m);
        double sum = 0;
        for (int row : rows) {
          sum += all[row * m + at % m];
        }
        values[at] = sum / rows.size();
      }
      return values;
    }
  }

  /** Reads runs of the large system at the same conditions: one row per record. */
  LargeRuns direct(Path file) {
    SampleTable table =
        SampleTable.read(file, "runs of the large system: a condition, run, time, z");
    List<String> columns = observables.stream().map(name -> "z:" + name).toList();
    String parameter = table.parameter(List.of(RUN, TIME), List.of("z:"));
    if (!parameter.equals(conditions.get(0).parameter())) {
      throw table.bad(
          "a condition " + parameter,
          "that of the training samples, " + conditions.get(0).parameter());
    }
    double[] z = table.rows(columns);
    double[] time = table.column(TIME);
    int[] run = table.wholes(RUN);
    Map<Condition, List<Run>> runs = new LinkedHashMap<>();
    SampleTable.byValue(table.column(parameter))
        .forEach(
            (value, rows) -> {
              Condition condition = Condition.of(parameter, value);
              if (!conditions.contains(condition)) {
                throw table.bad(
                    rows.get(0),
                    parameter,
                    "runs at " + parameter + " " + value + ", which has no training samples",
                    "one of " + conditions.stream().map(Condition::value).toList());
              }
              runs.put(condition, runs(table, rows, run, time, z));
            });
    return new LargeRuns(file, runs);
  }

  private List<Run> runs(
      SampleTable table, List<Integer> rows, int[] run, double[] time, double[] z) {
    Map<Integer, List<Integer>> byRun = new LinkedHashMap<>();
    rows.forEach(row -> byRun.computeIfAbsent(run[row], r -> new ArrayList<>()).add(row));
    List<Integer> grid = byRun.values().iterator().next();
    int m = observables.size();
    List<Run> runs = new ArrayList<>();
    for (List<Integer> own : byRun.values()) {
      requireTimes(table, grid, own, time);
      double[] values = new double[own.size() * m];
      Arrays.setAll(values, at -> z[own.get(at / m) * m + at % m]);
      runs.add(new Run(own.stream().mapToDouble(row -> time[row]).toArray(), values));
    }
    return runs;
  }

  /** Runs of a condition share their times, as means are taken record by record. */
  private static void requireTimes(
      SampleTable table, List<Integer> grid, List<Integer> own, double[] time) {
    if (own.size() < 2 || own.size() != grid.size()) {
      throw table.bad(
          own.get(0),
          RUN,
          "a run of " + own.size() + " records, the first one has " + grid.size(),
          "runs of a condition with equally many records, at least two");
    }
    for (int k = 0; k < own.size(); k++) {
      double here = time[own.get(k)];
      if (k > 0 && !(here > time[own.get(k - 1)])) {
        throw table.bad(own.get(k), TIME, "a time of " + here, "times that increase in a run");
      }
      if (Math.abs(here - time[grid.get(k)]) > SAME * Math.abs(time[grid.get(grid.size() - 1)])) {
        throw table.bad(
            own.get(k),
            TIME,
            "a time of " + here + ", the first run has " + time[grid.get(k)],
            "runs of a condition that share their times");
      }
    }
  }
}
