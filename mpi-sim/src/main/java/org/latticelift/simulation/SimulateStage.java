package org.latticelift.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.hdf5.DatasetInfo;
import org.latticelift.hdf5.ElementType;
import org.latticelift.hdf5.Hdf5Reader;
import org.latticelift.hdf5.Hdf5Writer;
import org.latticelift.hdf5.SlabDataset;
import org.latticelift.random.Purpose;
import org.latticelift.rundir.Stage;
import org.latticelift.rundir.StageContext;
import org.latticelift.rundir.StagePlan;
import org.latticelift.system.Condition;
import org.latticelift.system.Extent;
import org.latticelift.system.MicroscopicSystem;

/**
 * Stage 1 (ME-03): simulates the small system from independent initial states at every condition
 * and stores snapshots on a grid of times common to all runs of a condition.
 *
 * @param <S> state
 */
public final class SimulateStage<S> implements Stage {
  /** What the stage writes. */
  public static final String OUTPUT = "snapshots.h5";

  private final MicroscopicSystem<S> system;
  private final SimulateConfig config;
  private final AllRuns<S> runs;

  /**
   * Plans nothing yet.
   *
   * @param system the system
   * @param config section {@code simulate}
   * @param checkpoint section {@code checkpoint}
   */
  public SimulateStage(
      MicroscopicSystem<S> system, SimulateConfig config, CheckpointConfig checkpoint) {
    this.system = system;
    this.config = config;
    this.runs =
        new AllRuns<>(
            new AllRuns.Kind(
                "simulate", system.small(), Purpose.INITIAL_STATE, Purpose.SIMULATE, true),
            system,
            config,
            checkpoint);
  }

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public List<String> outputs() {
    return List.of(OUTPUT);
  }

  @Override
  public void check() {
    config.duration().requireAll(system.conditions());
  }

  @Override
  public StagePlan plan() {
    return RunPlan.of(name(), system, config, system.small(), true);
  }

  @Override
  public void run(StageContext context) {
    runs.run(context, condition -> 0, (condition, run, last) -> {});
    assemble(context);
  }

  /** Joins the runs, one after the other, so that memory does not grow with their number. */
  private void assemble(StageContext context) {
    context.directory().commit(OUTPUT, beside -> write(context, beside));
    for (Condition condition : system.conditions()) {
      for (int run = 0; run < config.runs(); run++) {
        context.directory().delete(runs.part(condition, run));
      }
    }
  }

  private void write(StageContext context, Path file) {
    int perRun = config.records() + 1;
    long total = (long) perRun * config.runs();
    List<SlabDataset[]> slabs = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describe(writer, system.codec(), system.macroscopics());
      context.provenance().writeTo(writer);
      for (Condition condition : system.conditions()) {
        slabs.add(reserve(writer, condition, total));
      }
    }
    for (int c = 0; c < slabs.size(); c++) {
      Condition condition = system.conditions().get(c);
      for (int run = 0; run < config.runs(); run++) {
        copy(context.directory().file(runs.part(condition, run)), slabs.get(c), run, perRun);
      }
      for (SlabDataset slab : slabs.get(c)) {
        slab.force();
        slab.close();
      }
    }
  }

  private SlabDataset[] reserve(Hdf5Writer writer, Condition condition, long total) {
    String group = StateSeries.group(writer, condition);
    long[] n = {total};
    return new SlabDataset[] {
      StateSeries.reserve(writer, group, total, system.codec(), system.small()),
      writer.reserve(
          group + "/time",
          ElementType.FLOAT64,
          n,
          DatasetInfo.of("s", "physical time of the snapshot", "snapshot")),
      writer.reserve(
          group + "/jumps",
          ElementType.INT64,
          n,
          DatasetInfo.of("1", "events since the start of the run", "snapshot")),
      writer.reserve(
          group + "/observables",
          ElementType.FLOAT64,
          new long[] {total, system.macroscopics().size()},
          DatasetInfo.of(
              "1",
              "observables " + String.join(" ", system.macroscopics().names()),
              "snapshot",
              "observable")),
      writer.reserve(
          group + "/run", ElementType.INT32, n, DatasetInfo.of("1", "index of the run", "snapshot"))
    };
  }

  private void copy(Path part, SlabDataset[] slabs, int run, int perRun) {
    try (Hdf5Reader reader = Hdf5Reader.open(part)) {
      Extent extent = system.small();
      long first = (long) run * perRun;
      byte[] states = reader.bytes("/" + system.codec().dataset());
      long elements = StateSeries.elements(system.codec(), extent);
      slabs[0].write(first * elements, states, 0, states.length);
      slabs[1].write(first, reader.doubles("/time"), 0, perRun);
      slabs[2].write(first, reader.longs("/jumps"), 0, perRun);
      double[] observables = reader.doubles("/observables");
      slabs[3].write(first * system.macroscopics().size(), observables, 0, observables.length);
      int[] runs = new int[perRun];
      java.util.Arrays.fill(runs, run);
      slabs[4].write(first, runs, 0, perRun);
    }
  }
}
