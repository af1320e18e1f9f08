package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.PhaseCost;

/**
 * All runs of a large state that the ranks of the job hold together, one run after the other. What
 * is on disk is not made again. The first rank writes logs and positions, all ranks the states.
 *
 * @param <S> state where one rank holds it all
 */
final class DistributedRuns<S> {
  private final MicroscopicSystem<S> system;
  private final DistributedDynamics dynamics;
  private final Communicator ranks;
  private final SimulateConfig config;
  private final CheckpointConfig checkpoint;
  private final List<PhaseCost> costs = new ArrayList<>();

  DistributedRuns(
      MicroscopicSystem<S> system,
      DistributedDynamics dynamics,
      Communicator ranks,
      SimulateConfig config,
      CheckpointConfig checkpoint) {
    this.system = system;
    this.dynamics = dynamics;
    this.ranks = ranks;
    this.config = config;
    this.checkpoint = checkpoint;
  }

  /** The distributed runs of a stage, where its section asks for them. */
  static <S> Optional<DistributedRuns<S>> of(
      MicroscopicSystem<S> system,
      Communicator ranks,
      SimulateConfig config,
      CheckpointConfig checkpoint) {
    if (config.parallel().isEmpty()) {
      return Optional.empty();
    }
    DistributedDynamics dynamics =
        system
            .distributed()
            .orElseThrow(
                () ->
                    LatticeLiftException.badData(
                        "system " + system.name() + " is not distributed over ranks",
                        config.parallel().get().where(),
                        "runs that are tasks of single ranks",
                        "Remove the section"));
    return Optional.of(new DistributedRuns<>(system, dynamics, ranks, config, checkpoint));
  }

  void check() {
    for (Condition condition : system.conditions()) {
      RunDuration duration = config.duration();
      double value = duration.value(condition);
      dynamics.check(condition, duration.isTime() ? value : 0, duration.isTime() ? 0 : value);
    }
    config
        .stop()
        .ifPresent(
            stop -> {
              throw LatticeLiftException.badData(
                  "distributed runs that end when they are precise",
                  "direct.stop",
                  "runs of a fixed number of records",
                  "Remove direct.stop or direct.parallel");
            });
  }

  /**
   * Makes what is not on disk; collective.
   *
   * @param times what events take, where it is known
   */
  void run(StageContext context, RunStore<S> store, EventTimes times) {
    long records = (long) system.conditions().size() * config.runs() * config.records();
    boolean first = ranks.rank() == 0;
    // The first rank counts and tells for all.
    ProgressFactory shown = first ? context.progress() : ProgressFactory.quiet();
    try (Progress progress = shown.start("direct", records)) {
      for (Condition condition : system.conditions()) {
        for (int run = 0; run < config.runs(); run++) {
          DistributedTask<S> task =
              new DistributedTask<>(ranks, dynamics, store, new Streams(context.seed()));
          task.extend(
              condition,
              run,
              config.records(),
              () -> step(context, condition, times),
              RunObserver.all(
                  new RecordProgress(progress),
                  new SharedCheckpoints(ranks, context.stop(), checkpoint, System::nanoTime)));
          task.cost().ifPresent(costs::add);
        }
      }
    }
  }

  /** A number of events is turned into a time by what an event takes in the small system. */
  private Duration step(StageContext context, Condition condition, EventTimes times) {
    if (config.sampling() == Sampling.EVENTS) {
      return RecordInterval.events(config, condition, system.large());
    }
    return RecordInterval.of(
        system,
        config,
        condition,
        system.small(),
        system.dynamics(condition, 0, context.stop()),
        times,
        context.seed(),
        context.stop());
  }

  /** {@code final.h5} from the saved states; collective. */
  void writeLast(StageContext context, RunStore<S> store) {
    new DistributedStatesFile<>(dynamics, ranks, store).write(context);
  }

  /** What the runs took of every rank, on the first one; collective. */
  Optional<RankUse> use() {
    return RankUse.gather(ranks, costs);
  }
}
