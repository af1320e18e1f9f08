package org.latticelift.sim.lift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Imported.Increments;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * Takes over training samples that another program has made, in place of {@link LiftStage}. Events,
 * walls and patches by themselves are not known.
 *
 * @param system of which they are
 * @param increments the samples
 */
public record ImportedPairs(LatticeSystem<?> system, Increments increments) implements Stage {
  /** Halves of fewer groups say little about the spread of models. */
  private static final int ENOUGH_GROUPS = 4;

  @Override
  public String name() {
    return "lift";
  }

  @Override
  public List<String> outputs() {
    return List.of(PairsFile.NAME);
  }

  @Override
  public StagePlan plan() {
    long numbers = (long) increments.count() * (3L * system.macroscopics().size() + 4);
    return new StagePlan(
        name(),
        1,
        String.format(Locale.ROOT, "%d samples from %s", increments.count(), increments.file()),
        1,
        numbers * Double.BYTES);
  }

  @Override
  public void run(StageContext context) {
    try (Progress progress = context.progress().start(name(), 1)) {
      remarks().forEach(progress::message);
      context.commitHdf5(
          PairsFile.NAME,
          context.provenance().withInput(increments.file()),
          writer -> {
            PairsFile.writeMirror(writer, system.facts().mirror());
            PairsFile.write(writer, common(), columns());
          });
      progress.step(1);
    }
  }

  private PairsCommon common() {
    int conditions = system.conditions().size();
    return new PairsCommon(
        MacroscopicMap.of(system),
        new double[0],
        system.large().patches(),
        system.conditions(),
        IntStream.range(0, conditions).mapToDouble(this::meanDuration).toArray(),
        new double[conditions],
        system.timeUnit());
  }

  private double meanDuration(int condition) {
    return rows(condition).mapToDouble(row -> increments.dt()[row]).average().orElseThrow();
  }

  private IntStream rows(int condition) {
    return IntStream.range(0, increments.count())
        .filter(row -> increments.condition()[row] == condition);
  }

  private Map<PairColumn, Object> columns() {
    int n = increments.count();
    Map<PairColumn, Object> columns = new EnumMap<>(PairColumn.class);
    columns.put(PairColumn.Z0, increments.z0());
    columns.put(PairColumn.Z1, increments.z1());
    columns.put(PairColumn.DT, increments.dt());
    columns.put(PairColumn.CONDITION, increments.condition());
    long[] patch = new long[n * increments.patches()];
    Arrays.setAll(patch, i -> i % increments.patches());
    columns.put(PairColumn.PATCH, patch);
    columns.put(PairColumn.SAMPLE, samples());
    columns.put(PairColumn.EVENTS, new int[n]);
    columns.put(PairColumn.BLOCKED, new double[n]);
    increments.drift().ifPresent(drift -> columns.put(PairColumn.COMPENSATOR, drift));
    increments.group().ifPresent(group -> columns.put(PairColumn.GROUP, group));
    return columns;
  }

  /** The number of each among those of its condition. */
  private long[] samples() {
    long[] next = new long[system.conditions().size()];
    return Arrays.stream(increments.condition()).mapToLong(c -> next[c]++).toArray();
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (int c = 0; c < system.conditions().size(); c++) {
      Condition condition = system.conditions().get(c);
      groups(c, condition.name(), remarks);
      double[] dt = rows(c).mapToDouble(row -> increments.dt()[row]).sorted().toArray();
      if (dt[dt.length - 1] > dt[0]) {
        remarks.add(
            String.format(
                Locale.ROOT,
                "%s: durations of training samples from %.3g to %.3g",
                condition.name(),
                dt[0],
                dt[dt.length - 1]));
      }
    }
    return remarks;
  }

  private void groups(int c, String name, List<String> remarks) {
    if (increments.group().isEmpty()) {
      if (c == 0) {
        remarks.add(
            "warning: no groups: 20 samples in a row are taken to be independent of the others;"
                + " where they are not, intervals are too narrow");
      }
      return;
    }
    int[] group = increments.group().get();
    long groups = rows(c).map(row -> group[row]).distinct().count();
    if (groups == 1) {
      remarks.add(
          "warning: "
              + name
              + ": one group: all models share its samples, and nothing validates, so that"
              + " predictions have no interval");
    } else if (groups < ENOUGH_GROUPS) {
      remarks.add(
          "warning: " + name + ": " + groups + " groups: intervals rest on few halves of the data");
    }
  }
}
