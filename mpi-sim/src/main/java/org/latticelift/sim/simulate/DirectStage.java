package org.latticelift.sim.simulate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.simulate.RecordInterval.EventTimes;
import org.latticelift.sim.simulate.SnapshotsFile.SnapshotsWriter;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.system.LatticeSystem;

/**
 * Simulates the large system itself: ground truth for the prediction (never data for it, ME-02),
 * and the command {@code kmc}.
 */
public final class DirectStage<S> implements Stage {
  /** Averages over late records. */
  public static final String AVERAGES = "direct.csv";

  private final LatticeSystem<S> system;
  private final SimulateConfig config;
  private final AllRuns<S> runs;
  private final int ranks;
  private final Optional<DistributedRuns<S>> distributed;

  /**
   * Plans nothing yet.
   *
   * @param config section {@code direct}
   * @param checkpoint section {@code checkpoint}
   * @param ranks who hold the state together, where it is distributed
   */
  public DirectStage(
      LatticeSystem<S> system,
      SimulateConfig config,
      CheckpointConfig checkpoint,
      Communicator ranks) {
    this.system = system;
    this.config = config;
    this.ranks = ranks.size();
    this.distributed = DistributedRuns.of(system, ranks, config, checkpoint);
    this.runs =
        new AllRuns<>(
            new AllRuns.Kind(
                name(),
                system.large(),
                Purpose.DIRECT_INITIAL_STATE,
                Purpose.DIRECT,
                config.statesEvery().orElse(0)),
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
    List<String> last = List.of(TrajectoryFile.NAME, FinalStatesFile.NAME, AVERAGES);
    return keepsStates()
        ? Stream.concat(Stream.of(SnapshotsFile.DIRECT), last.stream()).toList()
        : last;
  }

  @Override
  public List<String> temporary() {
    return RunStore.names(name());
  }

  @Override
  public void check() {
    runs.check();
    distributed.ifPresent(DistributedRuns::check);
    if (keepsStates() && distributed.isPresent()) {
      throw LatticeLiftException.badData(
          "intermediate states of runs that ranks hold together",
          "direct.states_every",
          "0, or no direct.parallel: such runs store their last states alone",
          "Remove one of the two keys");
    }
    if (config.dynamics().isPresent() && system.options().direct().isEmpty()) {
      throw LatticeLiftException.badData(
          "other dynamics of direct runs of system " + system.name(),
          "direct.dynamics",
          "no such key: this system has its own dynamics only",
          "Remove it");
    }
  }

  private boolean keepsStates() {
    return config.statesEvery().orElse(0) > 0;
  }

  @Override
  public StagePlan plan() {
    return runs.plan(distributed.isPresent() ? ranks : 1, 1);
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    EventTimes times = condition -> MeanEventTime.clock(context.directory(), system, condition);
    RunStore<S> made = runs.store(context.directory());
    Optional<RankUse> use = Optional.empty();
    if (distributed.isPresent()) {
      distributed.get().run(context, made, times);
      distributed.get().writeLast(context, made);
      use = distributed.get().use();
    } else {
      runs.run(context, made, times);
      context.tasks().once(() -> storeLast(context, made));
    }
    Optional<RankUse> used = use;
    context.tasks().once(() -> store(context, made, used));
  }

  private void storeLast(StageContext context, RunStore<S> made) {
    if (keepsStates()) {
      context.commit(
          SnapshotsFile.DIRECT,
          beside -> new SnapshotsWriter<>(made).write(beside, context.provenance()));
    }
    context.commit(
        FinalStatesFile.NAME,
        beside -> new FinalStatesFile<>(made).write(beside, context.provenance()));
  }

  private void store(StageContext context, RunStore<S> made, Optional<RankUse> use) {
    context.commit(
        TrajectoryFile.NAME,
        beside -> TrajectoryFile.write(beside, made, context.provenance(), use));
    context.commitText(AVERAGES, AveragesCsv.text(made, config));
    made.delete();
  }
}
