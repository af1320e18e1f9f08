package org.latticelift.simulation;

import java.nio.file.Files;
import java.util.List;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.random.Purpose;
import org.latticelift.rundir.RunDirectory;
import org.latticelift.rundir.Stage;
import org.latticelift.rundir.StageContext;
import org.latticelift.rundir.StagePlan;
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

  /** Averages over late records. */
  public static final String AVERAGES = "direct.csv";

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
    this.config = config;
    this.runs =
        new AllRuns<>(
            new AllRuns.Kind(
                name(), system.large(), Purpose.DIRECT_INITIAL_STATE, Purpose.DIRECT, 0),
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
    return List.of(TRAJECTORY, FINAL, AVERAGES);
  }

  @Override
  public void check() {
    runs.check();
    if (config.statesEvery().isPresent()) {
      throw LatticeLiftException.badData(
          "states of direct runs",
          "direct.states_every",
          "the key belongs to 'simulate'; direct runs store their last states",
          "Remove it");
    }
  }

  @Override
  public StagePlan plan() {
    return runs.plan();
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    RunDirectory directory = context.directory();
    RunStore<S> made =
        runs.run(context, condition -> MeanEventTime.ofSmallSystem(directory, condition));
    context.tasks().once(() -> store(context, made));
  }

  private void store(StageContext context, RunStore<S> made) {
    RunDirectory directory = context.directory();
    directory.commit(
        TRAJECTORY, beside -> TrajectoryFile.write(beside, made, context.provenance()));
    directory.commit(
        FINAL, beside -> new LastStatesFile<>(made).write(beside, context.provenance()));
    directory.commit(
        AVERAGES, beside -> Files.write(beside, AveragesCsv.lines(made, config.sampling())));
    made.delete();
  }
}
