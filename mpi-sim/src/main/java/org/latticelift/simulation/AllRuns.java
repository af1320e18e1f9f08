package org.latticelift.simulation;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.latticelift.progress.Progress;
import org.latticelift.random.Purpose;
import org.latticelift.random.Streams;
import org.latticelift.rundir.RunDirectory;
import org.latticelift.rundir.StageContext;
import org.latticelift.system.Condition;
import org.latticelift.system.Dynamics;
import org.latticelift.system.Extent;
import org.latticelift.system.MicroscopicSystem;
import org.latticelift.task.TaskPool;

/**
 * All runs of all conditions as independent tasks. Each leaves one committed part file, so that
 * what is complete is skipped when the stage is started again.
 *
 * @param <S> state
 */
final class AllRuns<S> {
  private final Kind kind;
  private final MicroscopicSystem<S> system;
  private final SimulateConfig config;
  private final CheckpointConfig checkpoint;

  /**
   * What the runs of a stage have in common.
   *
   * @param stage name, the first word of part files and checkpoints
   * @param extent of the states
   * @param initial purpose of the randomness of initial states
   * @param dynamics purpose of the randomness of the dynamics
   * @param keepStates whether parts hold a state per record
   */
  record Kind(String stage, Extent extent, Purpose initial, Purpose dynamics, boolean keepStates) {}

  /**
   * What is done with the last state of a run, before its part is committed.
   *
   * @param <S> state
   */
  interface LastState<S> {
    void keep(Condition condition, int run, S last);
  }

  AllRuns(
      Kind kind, MicroscopicSystem<S> system, SimulateConfig config, CheckpointConfig checkpoint) {
    this.kind = kind;
    this.system = system;
    this.config = config;
    this.checkpoint = checkpoint;
  }

  /**
   * Makes the parts that are not complete.
   *
   * @param meanEventTime mean time per event and patch in s where it is known, else 0
   */
  void run(
      StageContext context, ToDoubleFunction<Condition> meanEventTime, LastState<S> lastState) {
    int runs = config.runs();
    List<Condition> conditions = system.conditions();
    ConditionDynamics<S> dynamics = new ConditionDynamics<>(c -> system.dynamics(c, 0));
    long tasks = (long) conditions.size() * runs;
    try (Progress progress = context.progress().start(kind.stage(), tasks * config.records())) {
      TaskPool.run(
          context.threads(),
          tasks,
          task -> {
            Condition condition = conditions.get((int) (task / runs));
            int run = (int) (task % runs);
            if (context.directory().complete(part(condition, run))) {
              progress.step(config.records());
            } else {
              Dynamics<S> mine = dynamics.at(condition);
              double mean = meanEventTime.applyAsDouble(condition);
              Schedule schedule =
                  Schedule.of(config, condition, kind.extent(), mine, mean, context.seed());
              one(context, mine, schedule, condition, run, progress, lastState);
            }
          },
          context.stop());
    }
  }

  private void one(
      StageContext context,
      Dynamics<S> dynamics,
      Schedule schedule,
      Condition condition,
      int run,
      Progress progress,
      LastState<S> lastState) {
    RunTask<S> task =
        new RunTask<>(
            context,
            dynamics,
            system.codec(),
            kind.extent(),
            name(condition, run),
            checkpoint.everySeconds(),
            kind.keepStates());
    Streams streams = new Streams(context.seed());
    RunTask.Result<S> result =
        task.run(
            schedule,
            streams.stream(kind.initial(), condition.key(), run),
            streams.stream(kind.dynamics(), condition.key(), run),
            progress);
    lastState.keep(condition, run, result.last());
    commit(context.directory(), part(condition, run), result.trajectory());
    task.cleanUp();
  }

  private void commit(RunDirectory directory, String part, Trajectory trajectory) {
    directory.commit(
        part,
        beside ->
            RunFile.writePart(beside, trajectory, system.macroscopics(), system.codec().dataset()));
  }

  private String name(Condition condition, int run) {
    return kind.stage() + "-" + condition.name() + "-" + run;
  }

  /** Name of the file of a run in the run directory. */
  String part(Condition condition, int run) {
    return "parts/" + name(condition, run) + ".h5";
  }
}
