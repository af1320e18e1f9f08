package org.latticelift.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.hdf5.Hdf5Reader;
import org.latticelift.hdf5.Hdf5Writer;
import org.latticelift.hdf5.SlabDataset;
import org.latticelift.random.Purpose;
import org.latticelift.rundir.Stage;
import org.latticelift.rundir.StageContext;
import org.latticelift.rundir.StagePlan;
import org.latticelift.system.Condition;
import org.latticelift.system.MicroscopicSystem;

/**
 * Simulates the large system itself: ground truth for the prediction (never data for it, ME-02),
 * and the command {@code kmc}.
 *
 * @param <S> state
 */
public final class DirectStage<S> implements Stage {
  /** Observables against time. */
  public static final String TRAJECTORY = "trajectory.h5";

  /** Last states. */
  public static final String FINAL = "final.h5";

  private final MicroscopicSystem<S> system;
  private final SimulateConfig config;
  private final AllRuns<S> runs;

  /**
   * Plans nothing yet.
   *
   * @param system the system
   * @param config section {@code direct}
   * @param checkpoint section {@code checkpoint}
   */
  public DirectStage(
      MicroscopicSystem<S> system, SimulateConfig config, CheckpointConfig checkpoint) {
    this.system = system;
    this.config = config;
    this.runs =
        new AllRuns<>(
            new AllRuns.Kind(
                "direct", system.large(), Purpose.DIRECT_INITIAL_STATE, Purpose.DIRECT, false),
            system,
            config,
            checkpoint);
  }

  @Override
  public String name() {
    return "direct";
  }

  @Override
  public List<String> outputs() {
    return List.of(TRAJECTORY, FINAL);
  }

  @Override
  public void check() {
    config.duration().requireAll(system.conditions());
  }

  @Override
  public StagePlan plan() {
    return RunPlan.of(name(), system, config, system.large(), false);
  }

  @Override
  public void run(StageContext context) {
    runs.run(
        context,
        condition -> MeanEventTime.ofSmallSystem(context.directory(), condition),
        (condition, run, last) -> keep(context, lastPart(condition, run), last));
    context.directory().commit(TRAJECTORY, beside -> writeTrajectories(context, beside));
    context.directory().commit(FINAL, beside -> writeLastStates(context, beside));
    deleteParts(context);
  }

  private void keep(StageContext context, String part, S last) {
    byte[] bytes = system.codec().encode(last);
    context.directory().commit(part, beside -> Files.write(beside, bytes));
  }

  private static String lastPart(Condition condition, int run) {
    return "parts/direct-" + condition.name() + "-" + run + ".last";
  }

  private void writeTrajectories(StageContext context, Path file) {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute(
          "/", "observable_names", system.macroscopics().names().toArray(new String[0]));
      context.provenance().writeTo(writer);
      for (Condition condition : system.conditions()) {
        String group = StateSeries.group(writer, condition);
        for (int run = 0; run < config.runs(); run++) {
          String name = group + "/run" + run;
          writer.group(name);
          copyRun(context.directory().file(runs.part(condition, run)), writer, name);
        }
      }
    }
  }

  private void copyRun(Path part, Hdf5Writer writer, String group) {
    try (Hdf5Reader reader = Hdf5Reader.open(part)) {
      Trajectory run = new Trajectory();
      double[] time = reader.doubles("/time");
      long[] jumps = reader.longs("/jumps");
      double[] observables = reader.doubles("/observables");
      int m = system.macroscopics().size();
      for (int i = 0; i < time.length; i++) {
        double[] row = java.util.Arrays.copyOfRange(observables, i * m, (i + 1) * m);
        run.add(time[i], jumps[i], row, null);
      }
      RunFile.write(writer, group, run, system.macroscopics());
    }
  }

  private void writeLastStates(StageContext context, Path file) {
    List<SlabDataset> slabs = new ArrayList<>();
    List<byte[]> states = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describe(writer, system.codec(), system.macroscopics());
      context.provenance().writeTo(writer);
      for (Condition condition : system.conditions()) {
        String group = StateSeries.group(writer, condition);
        for (int run = 0; run < config.runs(); run++) {
          byte[] last = read(context.directory().file(lastPart(condition, run)));
          String name = group + "/run" + run;
          writer.group(name);
          slabs.add(StateSeries.reserveOne(writer, name, system.codec(), system.large()));
          states.add(last);
          system.codec().details(writer, name, system.codec().decode(last, system.large()));
        }
      }
    }
    for (int i = 0; i < states.size(); i++) {
      slabs.get(i).write(0, states.get(i), 0, states.get(i).length);
      slabs.get(i).force();
      slabs.get(i).close();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteParts(StageContext context) {
    for (Condition condition : system.conditions()) {
      for (int run = 0; run < config.runs(); run++) {
        context.directory().delete(runs.part(condition, run));
        context.directory().delete(lastPart(condition, run));
      }
    }
  }
}
