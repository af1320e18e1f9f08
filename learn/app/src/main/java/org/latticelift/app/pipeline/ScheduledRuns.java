package org.latticelift.app.pipeline;

import static org.latticelift.app.pipeline.ConfigurationKeys.key;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigKey;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.ensemble.EnsembleConfig.Times;
import org.latticelift.learn.ensemble.EnsembleConfig.Where;
import org.latticelift.learn.ensemble.EnsembleStage;
import org.latticelift.learn.predict.DirectPath;
import org.latticelift.learn.predict.PathComparisonStage;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduledSystem;
import org.latticelift.sim.schedule.Vacancies;
import org.latticelift.sim.simulate.CheckpointConfig;
import org.latticelift.sim.simulate.DirectStage;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration.TimeKey;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemOptions;

/**
 * What a section {@code schedule} makes of stages (EX-50): predictions and direct runs follow it,
 * and it says how long they are. What is learned, is learned at fixed conditions.
 *
 * @param system at fixed conditions
 * @param schedule in simulated time
 * @param realTime of a crystal with other vacancies, where that is asked for
 */
record ScheduledRuns(LatticeSystem<?> system, Schedule schedule, Optional<RealTime> realTime) {
  private static final double PIECES = 1000;

  /** The schedule of a configuration; empty where conditions stay. */
  static Optional<ScheduledRuns> of(LatticeSystem<?> system, PipelineConfig config) {
    Optional<RealTime> realTime = realTime(system, config);
    if (config.answers().schedule().isEmpty()) {
      config
          .answers()
          .vacancies()
          .filter(vacancies -> vacancies.clock() == Vacancies.Clock.REAL)
          .ifPresent(ScheduledRuns::refuseAlone);
      realTime.ifPresent(
          time ->
              time.check(
                  system.conditions().stream().mapToDouble(Condition::value).min().orElseThrow(),
                  system.conditions().stream().mapToDouble(Condition::value).max().orElseThrow()));
      return Optional.empty();
    }
    Schedule written =
        config
            .answers()
            .schedule()
            .get()
            .schedule(system.conditions().get(0).parameter(), system.timeUnit());
    realTime.ifPresent(time -> time.check(written.lowest(), written.highest()));
    boolean real =
        config.answers().vacancies().map(Vacancies::clock).orElse(Vacancies.Clock.SIMULATED)
            == Vacancies.Clock.REAL;
    Schedule schedule = real ? realTime.orElseThrow().simulated(written) : written;
    return Optional.of(new ScheduledRuns(system, schedule, realTime));
  }

  /** That of the crystal that a configuration describes, if it does. */
  static Optional<RealTime> realTime(LatticeSystem<?> system, PipelineConfig config) {
    return config.answers().vacancies().map(vacancies -> realTime(system, vacancies));
  }

  private static RealTime realTime(LatticeSystem<?> system, Vacancies vacancies) {
    return new RealTime(
        vacancies,
        system
            .options()
            .vacancies()
            .map(SystemOptions.Vacancies::concentration)
            .orElseThrow(
                () ->
                    LatticeLiftException.badData(
                        "vacancies of system " + system.name(),
                        "vacancies",
                        "system alloy, in which nothing moves but by vacancies",
                        "Remove the section")));
  }

  private static void refuseAlone(Vacancies vacancies) {
    throw LatticeLiftException.badData(
        "real times of a schedule, without a schedule",
        "vacancies.clock",
        "a section 'schedule', whose times they tell",
        "Add it, such as schedule: {anneal: {at: 1200, time_s: 1e-3}}, or leave the key out");
  }

  /** Checks what a run of all stages needs beside the schedule. */
  void check(PipelineConfig config, ConfigNode user) {
    if (config.variants().experiment().isPresent()) {
      throw refused("an experiment", "experiment", "runs of single configurations");
    }
    if (config.learning().closure().wanted()) {
      throw refused("closure variables", "closure.dim", "closure.dim: 0");
    }
    for (ConfigKey<?> key : List.of(key(Times::horizon), key(Where::conditions))) {
      user.find(key)
          .ifPresent(
              given -> {
                throw refused(
                    key.path(),
                    given.where(),
                    "no such key: the schedule says how long, and at what");
              });
    }
    requireTrained(config.answers().ensemble().where().allowExtrapolation());
  }

  private void requireTrained(boolean extrapolate) {
    double lowest = system.conditions().stream().mapToDouble(Condition::value).min().orElseThrow();
    double highest = system.conditions().stream().mapToDouble(Condition::value).max().orElseThrow();
    if (!extrapolate && (schedule.lowest() < lowest || schedule.highest() > highest)) {
      throw LatticeLiftException.badData(
          "a schedule from " + schedule.lowest() + " to " + schedule.highest(),
          "schedule",
          "the trained range, " + lowest + " to " + highest,
          "Change it, add conditions, or set ensemble.allow_extrapolation: true");
    }
  }

  private static LatticeLiftException refused(String what, String where, String allowed) {
    return LatticeLiftException.badData(
        what + " beside a schedule", where, allowed, "Remove one of the two");
  }

  /** The direct runs, of states that the ranks may hold together. */
  DirectStage<?> direct(
      SimulateConfig direct, ConfigNode given, CheckpointConfig checkpoint, Communicator ranks) {
    return direct(system, direct, given, checkpoint, ranks);
  }

  private <S> DirectStage<?> direct(
      LatticeSystem<S> fixed,
      SimulateConfig direct,
      ConfigNode given,
      CheckpointConfig checkpoint,
      Communicator ranks) {
    List<ConfigKey<?>> set =
        List.of(
            Binder.key(SimulateConfig::duration),
            Binder.key(SimulateConfig::sampling),
            Binder.key(SimulateConfig::stop),
            Binder.key(SimulateConfig::dynamics));
    set.forEach(key -> given.find(key).ifPresent(value -> refuse(key.path(), value)));
    String length = "{" + TimeKey.of(system.timeUnit()) + ": " + schedule.length() + "}";
    SimulateConfig timed =
        Binder.bind(
            Binder.resolve(direct).with(Binder.key(SimulateConfig::duration).path(), length),
            SimulateConfig.class);
    double change = direct.change().orElse(schedule.highest() / PIECES);
    return new DirectStage<>(
        new ScheduledSystem<>(fixed, schedule, timed.records(), change), timed, checkpoint, ranks);
  }

  private static void refuse(String key, ConfigNode value) {
    throw LatticeLiftException.badData(
        "direct." + key + " beside a schedule",
        value.where(),
        "runs of whole schedules with the dynamics of the system, recorded at equal times",
        "Remove one of the two");
  }

  /** What a terminal shows after the direct runs. */
  List<String> directLines(RunDirectory directory) {
    return DirectPath.lines(directory.file(TrajectoryFile.NAME), schedule, realTime);
  }

  EnsembleStage ensemble(EnsembleStage isothermal) {
    return isothermal.along(quantities -> schedule);
  }

  PathComparisonStage comparison() {
    return new PathComparisonStage(schedule, realTime);
  }
}
