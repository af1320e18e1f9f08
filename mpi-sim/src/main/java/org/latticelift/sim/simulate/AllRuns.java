package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.RecordInterval.EventTimes;
import org.latticelift.sim.simulate.RunStore.RunPosition;
import org.latticelift.sim.simulate.RunTask.RunObserver;
import org.latticelift.sim.simulate.RunTask.SavableRun;
import org.latticelift.sim.simulate.SimulateConfig.StopConfig;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.StepLimit;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.RunContext;

/**
 * All runs of all conditions as independent tasks. They are made in rounds: after a round the runs
 * of a condition end if their averages are precise enough ({@link StopConfig}); without that key
 * there is one round. What is on disk is not made again.
 */
record AllRuns<S>(
    Kind kind, LatticeSystem<S> system, SimulateConfig config, CheckpointConfig checkpoint) {
  /**
   * What the runs of a stage have in common.
   *
   * @param stage name, the first word of file names
   * @param extent of the states
   * @param initial purpose of the randomness of initial states
   * @param dynamics purpose of the randomness of the dynamics
   * @param statesEvery records from one kept state to the next; 0 keeps none
   */
  record Kind(String stage, Extent extent, Purpose initial, Purpose dynamics, int statesEvery) {}

  void check() {
    StepRuns.check(kind.stage(), config, system.conditions());
    config.duration().spec().requireAll(system.conditions());
    config.duration().spec().requireUnit(system.timeUnit());
    system.checkRuns(kind.extent());
    String where = config.duration().toConfig().where();
    for (Condition condition : system.conditions()) {
      double value = config.duration().value(condition);
      if (config.duration().events(condition).isPresent()) {
        StepLimit.require(value * kind.extent().patches(), where);
      } else if (config.duration().isTime()) {
        StepLimit.require(value, value / config.records(), where);
        if (system.timeStep() > 0) {
          StepLimit.require(value, system.timeStep(), where);
        }
      }
    }
  }

  StagePlan plan(int ranks, int lastStates) {
    return RunPlan.of(kind, system, config, ranks, lastStates);
  }

  RunStore<S> store(RunDirectory directory) {
    return store(directory, config.allRuns());
  }

  private RunStore<S> store(RunDirectory directory, int runs) {
    return new RunStore<>(directory, system, kind.stage(), kind.extent(), runs, kind.statesEvery());
  }

  /**
   * Makes what is not on disk ({@code store}: from {@link #store}; {@code times}: what events take,
   * where it is known).
   */
  void run(StageContext context, RunStore<S> store, EventTimes times) {
    ConditionDynamics<Dynamics<S>> dynamics =
        new ConditionDynamics<>(c -> dynamics(c, context.stop()));
    long records = (long) system.conditions().size() * config.allRuns() * config.records();
    try (Progress progress = context.progress().start(kind.stage(), records)) {
      Rounds rounds = new Rounds(context, store, dynamics, times, progress);
      List<Condition> active = system.conditions();
      int before = 0;
      for (int round : config.rounds()) {
        rounds.make(active, before, round);
        active = rounds.unfinished(active, round);
        before = round;
      }
      if (config.stepRuns() > 0) {
        rounds.makeAfterSteps();
      }
    }
  }

  private Dynamics<S> dynamics(Condition condition, StopSignal stop) {
    return system
        .options()
        .direct()
        .filter(any -> kind.extent().role() == Role.LARGE)
        .map(direct -> direct.at(condition, stop))
        .orElseGet(() -> system.dynamics(condition, new RunContext(0, stop)));
  }

  private final class Rounds {
    private final StageContext context;
    private final RunStore<S> store;
    private final ConditionDynamics<Dynamics<S>> dynamics;
    private final EventTimes times;
    private final Progress progress;
    private final WorkLeft left;
    private final Map<Condition, Duration> steps = new ConcurrentHashMap<>();

    Rounds(
        StageContext context,
        RunStore<S> store,
        ConditionDynamics<Dynamics<S>> dynamics,
        EventTimes times,
        Progress progress) {
      this.context = context;
      this.store = store;
      this.dynamics = dynamics;
      this.times = times;
      this.progress = progress;
      this.left = WorkLeft.of(system, config, kind.extent(), context.threads());
    }

    /**
     * Brings all runs of some conditions to a number of records ({@code before}: records that all
     * of them have, whichever rank has made them).
     */
    void make(List<Condition> conditions, int before, int records) {
      int runs = config.runs();
      for (Condition condition : conditions) {
        IntStream.range(0, runs).forEach(run -> left.reached(condition, run, before, 0));
      }
      context
          .tasks()
          .run(
              (long) conditions.size() * runs,
              task -> extend(conditions.get((int) (task / runs)), (int) (task % runs), records));
    }

    /** Runs that begin with the last states of others, which are complete by now. */
    void makeAfterSteps() {
      List<Condition> conditions = system.conditions();
      int runs = config.stepRuns();
      context
          .tasks()
          .run(
              (long) conditions.size() * runs,
              task -> {
                Condition condition = conditions.get((int) (task / runs));
                int step = (int) (task % runs);
                Condition from = StepRuns.origin(conditions, condition, step);
                int run = config.runs() + step;
                extend(
                    condition,
                    run,
                    store.records(condition),
                    () -> store.run(from, StepRuns.run(run, config.runs())).last());
              });
    }

    private void extend(Condition condition, int run, int records) {
      Streams streams = new Streams(context.seed());
      extend(
          condition,
          run,
          records,
          () ->
              dynamics
                  .at(condition)
                  .initial(kind.extent(), streams.stream(kind.initial(), condition.key(), run)));
    }

    private void extend(Condition condition, int run, int records, Supplier<S> initial) {
      RunStore.Run<S> stored = store.run(condition, run);
      int before = stored.position().map(RunPosition::records).orElse(0);
      count(condition, run, Math.min(before, records), 0);
      if (before < records) {
        Dynamics<S> mine = dynamics.at(condition);
        Streams streams = new Streams(context.seed());
        RunObserver checkpoints =
            new Checkpoints(context.stop(), checkpoint.everySeconds(), System::nanoTime);
        new RunTask<>(stored, mine)
            .extend(
                records,
                new RunTask.Start<>(
                    () -> step(condition, mine),
                    initial,
                    streams.stream(kind.dynamics(), condition.key(), run)),
                new RecordTimes(
                    checkpoints,
                    (made, seconds) -> count(condition, run, made, seconds),
                    System::nanoTime));
      }
    }

    private Duration step(Condition condition, Dynamics<S> mine) {
      return steps.computeIfAbsent(
          condition,
          c -> RecordInterval.of(system, config, c, kind.extent(), mine, times, context));
    }

    private void count(Condition condition, int run, int records, double seconds) {
      progress.step(left.reached(condition, run, records, seconds));
      left.seconds().ifPresent(progress::left);
    }

    /** The conditions that go on after a round. */
    List<Condition> unfinished(List<Condition> conditions, int round) {
      List<Condition> unfinished = new ArrayList<>();
      for (Condition condition : conditions) {
        if (round == config.records() || config.stop().isEmpty()) {
          continue;
        }
        StopConfig stop = config.stop().get();
        if (context.tasks().decide(() -> precise(stop, condition, round))) {
          left.ended(condition);
        } else {
          unfinished.add(condition);
        }
      }
      return unfinished;
    }

    private boolean precise(StopConfig stop, Condition condition, int round) {
      ConditionAverages averages =
          ConditionAverages.of(
              store(context.directory(), config.runs()).trajectories(condition),
              round + 1,
              system.macroscopics().size());
      boolean precise = stop.reached(averages);
      if (precise) {
        progress.message(ended(condition, round, averages));
      }
      return precise;
    }

    private String ended(Condition condition, int round, ConditionAverages averages) {
      return String.format(
          Locale.ROOT,
          "%s: precise to %.2g after %d of %d records",
          condition.name(),
          averages.largestError(),
          round,
          config.records());
    }
  }

  /** Saves a run when it is time, at its end, and before a request to stop ends it. */
  static final class Checkpoints implements RunObserver {
    private static final double NANOS = 1e9;

    private final StopSignal stop;
    private final double everySeconds;
    private final LongSupplier clock;
    private long saved;

    Checkpoints(StopSignal stop, double everySeconds, LongSupplier clock) {
      this.stop = stop;
      this.everySeconds = everySeconds;
      this.clock = clock;
    }

    @Override
    public void begins(int records) {
      saved = clock.getAsLong();
    }

    @Override
    public void paused(SavableRun run) {
      if (stop.requested() || clock.getAsLong() - saved > NANOS * everySeconds) {
        run.save();
        saved = clock.getAsLong();
      }
      stop.check();
    }

    @Override
    public void ends(SavableRun run) {
      run.save();
    }
  }

  /** Measures what records take, without what another observer does between their pieces. */
  static final class RecordTimes implements RunObserver {
    private static final double NANOS = 1e9;

    private final RunObserver other;
    private final Watch watch;
    private final LongSupplier clock;
    private long last;

    interface Watch {
      /** A record was made ({@code records}: after the initial one). */
      void recorded(int records, double seconds);
    }

    /**
     * @param other told of everything, too
     */
    RecordTimes(RunObserver other, Watch watch, LongSupplier clock) {
      this.other = other;
      this.watch = watch;
      this.clock = clock;
    }

    @Override
    public void begins(int records) {
      other.begins(records);
      last = clock.getAsLong();
    }

    @Override
    public void recorded(int records) {
      long now = clock.getAsLong();
      watch.recorded(records, (now - last) / NANOS);
      last = now;
      other.recorded(records);
    }

    @Override
    public void paused(SavableRun run) {
      long before = clock.getAsLong();
      other.paused(run);
      last += clock.getAsLong() - before;
    }

    @Override
    public void ends(SavableRun run) {
      other.ends(run);
    }
  }

  /**
   * Runs that begin where runs at another condition ended: what a system meets whose condition has
   * changed in one step. Runs from random states never visit such states, so pairs from them alone
   * say nothing of heating, and little of quenches.
   */
  static final class StepRuns {
    /** Groups of runs, each of which pairs are independent of the others (EX-07), at most. */
    private static final int GROUPS = 8;

    private StepRuns() {}

    /**
     * Where a run comes from: the extreme conditions first, then those between them, in turn
     * ({@code all}: conditions, at least two; {@code step}: number of the run among those after
     * steps).
     */
    static Condition origin(List<Condition> all, Condition condition, int step) {
      double middle =
          (all.stream().mapToDouble(Condition::value).min().orElseThrow()
                  + all.stream().mapToDouble(Condition::value).max().orElseThrow())
              / 2;
      List<Condition> others =
          all.stream()
              .filter(other -> !other.equals(condition))
              .sorted(
                  Comparator.<Condition>comparingDouble(c -> -Math.abs(c.value() - middle))
                      .thenComparing(c -> -c.value()))
              .toList();
      return others.get(step % others.size());
    }

    /**
     * The run whose last state it begins with: of the same group, so that groups stay independent
     * ({@code runs}: those that begin by themselves).
     */
    static int run(int run, int runs) {
      return runs < GROUPS ? run % runs : run % GROUPS;
    }

    static void check(String stage, SimulateConfig config, List<Condition> conditions) {
      if (config.stepRuns() == 0) {
        return;
      }
      if (!stage.equals("simulate")) {
        throw LatticeLiftException.badData(
            "runs after steps among " + stage + " runs",
            stage + ".step_runs",
            "the key belongs to 'simulate'",
            "Remove it");
      }
      if (conditions.size() < 2) {
        throw LatticeLiftException.badData(
            "runs after a step of the condition, of which there is one",
            stage + ".step_runs",
            "at least two conditions",
            "Remove the key, or add a condition");
      }
    }
  }
}
