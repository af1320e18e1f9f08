package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.AllRuns.Checkpoints;
import org.latticelift.sim.simulate.RecordInterval.EventTimes;
import org.latticelift.sim.simulate.RunStore.RunPosition;
import org.latticelift.sim.simulate.RunTask.DistributedTask;
import org.latticelift.sim.simulate.RunTask.RunObserver;
import org.latticelift.sim.simulate.RunTask.SavableRun;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun.PhaseCost;
import org.latticelift.sim.system.DistributedDynamics.SavedState;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.RunContext;

/**
 * All runs of a large state that the ranks of the job hold together, one run after the other. What
 * is on disk is not made again. The first rank writes logs and positions, all ranks the states
 * ({@code S}: state where one rank holds it all).
 */
final class DistributedRuns<S> {
  private final LatticeSystem<S> system;
  private final DistributedDynamics dynamics;
  private final Communicator ranks;
  private final SimulateConfig config;
  private final CheckpointConfig checkpoint;
  private final List<PhaseCost> costs = new ArrayList<>();

  DistributedRuns(
      LatticeSystem<S> system,
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
      LatticeSystem<S> system,
      Communicator ranks,
      SimulateConfig config,
      CheckpointConfig checkpoint) {
    if (config.parallel().isEmpty()) {
      return Optional.empty();
    }
    DistributedDynamics dynamics =
        system
            .options()
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

  /** Makes what is not on disk; collective ({@code times}: what events take, where it is known). */
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
        system.dynamics(condition, new RunContext(0, context.stop())),
        times,
        context);
  }

  /** {@code final.h5} from the saved states; collective. */
  void writeLast(StageContext context, RunStore<S> store) {
    new DistributedStatesFile<>(dynamics, ranks, store).write(context);
  }

  /** What the runs took of every rank, on the first one; collective. */
  Optional<RankUse> use() {
    return RankUse.gather(ranks, costs);
  }

  /** Shows how many records there are ({@code progress}: one step for each record of all runs). */
  record RecordProgress(Progress progress) implements RunObserver {
    @Override
    public void begins(int records) {
      progress.step(records);
    }

    @Override
    public void recorded(int records) {
      progress.step(1);
    }
  }

  /**
   * {@code final.h5} of distributed runs, as {@link FinalStatesFile} writes it of others: the first
   * rank makes the file and reserves the datasets, then every rank copies its share of planes from
   * the saved states. One plane per rank is in memory.
   */
  record DistributedStatesFile<S>(
      DistributedDynamics dynamics, Communicator ranks, RunStore<S> runs) {
    /** A saved state and the group it goes to. */
    private record Last(String group, Path saved) {}

    void write(StageContext context) {
      List<Last> states = states();
      RunDirectory directory = context.directory();
      if (ranks.rank() == 0) {
        directory.commit(
            FinalStatesFile.NAME,
            beside -> {
              reserve(beside, context, states);
              ranks.barrier();
              fill(beside, states);
            });
      } else {
        ranks.barrier();
        fill(directory.beside(FinalStatesFile.NAME), states);
      }
      ranks.barrier();
    }

    private List<Last> states() {
      List<Last> states = new ArrayList<>();
      for (Condition condition : runs.system().conditions()) {
        for (int run = 0; run < runs.runs(); run++) {
          RunStore.Run<S> store = runs.run(condition, run);
          RunPosition position = DistributedTask.agreed(ranks, store).orElseThrow();
          String group = RunRecords.group(condition, run);
          states.add(new Last(group, DistributedTask.state(store, position)));
        }
      }
      return states;
    }

    private void reserve(Path file, StageContext context, List<Last> states) {
      try (Hdf5Writer writer = Hdf5Writer.create(file)) {
        StateSeries.describe(writer, runs.system(), runs.extent());
        context.provenance().writeTo(writer);
        runs.system().conditions().forEach(condition -> ConditionGroup.write(writer, condition));
        for (Last last : states) {
          writer.group(last.group());
          StateSeries.reserveOne(writer, last.group(), runs.system().codec(), runs.extent());
          try (SavedState saved = dynamics.open(last.saved())) {
            saved.details().accept(writer, last.group());
          }
        }
      }
    }

    private void fill(Path file, List<Last> states) {
      for (Last last : states) {
        try (SavedState saved = dynamics.open(last.saved());
            SlabDataset slab =
                SlabDataset.open(file, StateSeries.path(last.group(), runs.system().codec()))) {
          for (int x = from(saved, ranks.rank()); x < from(saved, ranks.rank() + 1); x++) {
            byte[] plane = saved.plane().apply(x);
            slab.write((long) x * plane.length, plane, 0, plane.length);
          }
          slab.force();
        }
      }
      ranks.barrier();
    }

    /** First plane of a rank. */
    private int from(SavedState saved, int rank) {
      return (int) ((long) saved.planes() * rank / ranks.size());
    }
  }

  /**
   * {@link Checkpoints} of a run that all ranks make together. From time to time they agree on what
   * to do: the largest wish wins. The first rank says when it is time; any rank may have been asked
   * to stop.
   *
   * <p>To agree makes all ranks wait for the slowest, so they do it about every tenth of a second.
   * In between they may not look at their clocks, which differ: each time they agree on the number
   * of cycles until the next, from the time that the last ones took on the slowest rank. It at most
   * doubles, lest a few quick cycles stand for many slow ones. Where checkpoints are counted in
   * cycles they agree after every cycle.
   */
  static final class SharedCheckpoints implements RunObserver {
    private static final double NANOS = 1e9;

    private static final double SECONDS = 0.1;

    private static final long MOST_CYCLES = 10_000;

    private static final long GO_ON = 0;
    private static final long CHECKPOINT = 1;
    private static final long STOP = 2;

    private final Communicator ranks;
    private final StopSignal stop;
    private final CheckpointConfig config;
    private final LongSupplier clock;
    private long saved;
    private long cycles;
    private long met;
    private long cyclesTogether;
    private long cyclesLeft;

    SharedCheckpoints(
        Communicator ranks, StopSignal stop, CheckpointConfig config, LongSupplier clock) {
      this.ranks = ranks;
      this.stop = stop;
      this.config = config;
      this.clock = clock;
    }

    @Override
    public void begins(int records) {
      saved = clock.getAsLong();
      cycles = 0;
      met = saved;
      cyclesTogether = 1;
      cyclesLeft = 1;
    }

    @Override
    public void paused(SavableRun run) {
      cycles++;
      cyclesLeft--;
      if (cyclesLeft == 0) {
        fulfil(agreed(), run);
      }
    }

    private void fulfil(long wish, SavableRun run) {
      if (wish != GO_ON) {
        run.save();
        saved = clock.getAsLong();
        cycles = 0;
      }
      if (wish == STOP) {
        stop.request(); // it may have been another rank's
        stop.check();
      }
      met = clock.getAsLong();
    }

    @Override
    public void ends(SavableRun run) {
      run.save();
    }

    private long agreed() {
      long wish = stop.requested() ? STOP : due() ? CHECKPOINT : GO_ON;
      long[] largest = {wish, clock.getAsLong() - met};
      ranks.allReduce(largest, Reduction.MAX);
      cyclesTogether = config.everyCycles() > 0 ? 1 : next(cyclesTogether, largest[1] / NANOS);
      cyclesLeft = cyclesTogether;
      return largest[0];
    }

    /** The number of cycles until the next agreement, from that of the last and their time in s. */
    private long next(long made, double seconds) {
      double fitting = made * Math.min(SECONDS, config.everySeconds()) / seconds;
      return Math.max(1, (long) Math.min(fitting, Math.min(2 * made, MOST_CYCLES)));
    }

    private boolean due() {
      boolean time = clock.getAsLong() - saved > NANOS * config.everySeconds();
      boolean counted = config.everyCycles() > 0 && cycles >= config.everyCycles();
      return ranks.rank() == 0 && (time || counted);
    }
  }
}
