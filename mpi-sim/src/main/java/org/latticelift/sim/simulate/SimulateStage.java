package org.latticelift.sim.simulate;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.simulate.RecordInterval.EventTimes;
import org.latticelift.sim.simulate.SnapshotsFile.SnapshotsWriter;
import org.latticelift.sim.system.LatticeSystem;

/**
 * Stage 1 (ME-03): simulates the small system from independent initial states at every condition,
 * and stores snapshots on a grid of times common to all runs of a condition.
 */
public final class SimulateStage<S> implements Stage {
  /** Averages over late records. */
  public static final String AVERAGES = "simulate.csv";

  private final SimulateConfig config;
  private final AllRuns<S> runs;

  /**
   * Plans nothing yet ({@code config}: section {@code simulate}; {@code checkpoint}: section {@code
   * checkpoint}).
   */
  public SimulateStage(
      LatticeSystem<S> system, SimulateConfig config, CheckpointConfig checkpoint) {
    this.config = config;
    this.runs =
        new AllRuns<>(
            new AllRuns.Kind(
                name(),
                system.small(),
                Purpose.INITIAL_STATE,
                Purpose.SIMULATE,
                config.statesEvery().orElse(1)),
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
    return List.of(SnapshotsFile.NAME, AVERAGES);
  }

  @Override
  public List<String> temporary() {
    return RunStore.names(name());
  }

  @Override
  public void check() {
    runs.check();
    config
        .parallel()
        .ifPresent(
            section -> {
              throw LatticeLiftException.badData(
                  "small systems that are distributed over ranks",
                  section.where(),
                  "the key belongs to 'direct'; every small run is the task of one rank",
                  "Remove it");
            });
    config
        .dynamics()
        .ifPresent(
            value -> {
              throw LatticeLiftException.badData(
                  "other dynamics of small runs",
                  value.where(),
                  "the key belongs to 'direct'; small runs have the dynamics of the system",
                  "Remove it");
            });
  }

  @Override
  public StagePlan plan() {
    return runs.plan(1, 0);
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    RunStore<S> made = runs.store(context.directory());
    runs.run(context, made, EventTimes.UNKNOWN);
    context.tasks().once(() -> store(context, made));
  }

  private void store(StageContext context, RunStore<S> made) {
    context.commit(
        SnapshotsFile.NAME,
        beside -> new SnapshotsWriter<>(made).write(beside, context.provenance()));
    context.commitText(AVERAGES, AveragesCsv.text(made, config));
    made.delete();
  }

  /**
   * Checks that later stages find states to start from ({@code config}: section {@code simulate}).
   */
  public static void requireStates(SimulateConfig config) {
    if (config.statesEvery().orElse(1) == 0) {
      throw LatticeLiftException.badData(
          "no states for the stages after simulate",
          "simulate.states_every",
          "1 or more",
          "Store states, or run 'latticelift simulate' only");
    }
  }
}
