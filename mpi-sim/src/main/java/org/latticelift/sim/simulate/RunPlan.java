package org.latticelift.sim.simulate;

import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.run.stage.PlannedMemory;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemOptions.Measured;

/** Estimates for runs before anything is simulated. */
final class RunPlan {
  private RunPlan() {}

  /** A state in memory, with what is counted and kept about it, in sizes of a stored one. */
  private static final double COPIES = 3;

  /** Relaxation times until the start is forgotten. */
  private static final double EQUILIBRATION = 5;

  /**
   * Work in core seconds, disk and memory in bytes. Events of a duration in time are estimated
   * where the system knows the mean time between them.
   */
  static StagePlan of(
      AllRuns.Kind kind,
      LatticeSystem<?> system,
      SimulateConfig config,
      int ranks,
      int lastStates) {
    Extent extent = kind.extent();
    long tasks = (long) system.conditions().size() * config.allRuns();
    double events = 0;
    double seconds = 0;
    double fewest = Double.POSITIVE_INFINITY;
    for (Condition condition : system.conditions()) {
      double perRun = eventsPerPatch(config.duration(), condition, system) * extent.patches();
      fewest = Math.min(fewest, perRun / config.records());
      events += perRun * config.allRuns();
      seconds += perRun * config.allRuns() * system.costs().eventCost(condition);
    }
    // Doubles, since such products exceed what a long holds; the cast saturates.
    Optional<Measured> measured = system.options().measured();
    double perRecord =
        8.0 * (2 + system.macroscopics().size() + measured.map(Measured::columns).orElse(0));
    double own = (double) measured.map(Measured::siteBytes).orElse(0) * extent.sites();
    int every = kind.statesEvery();
    double states = lastStates + (every == 0 ? 0 : config.records() / every + 1);
    double perState = (double) StateSeries.bytes(system.codec(), extent);
    double records = (config.records() + 1.0) * perRecord;
    return new StagePlan(
        kind.stage(),
        tasks,
        String.format(
            Locale.ROOT,
            "%s, %d sites, %d conditions x %d runs, %s%s%s",
            extent.name(),
            extent.sites(),
            system.conditions().size(),
            config.allRuns(),
            words(config.duration(), events, fewest),
            certainty(config, system),
            measured
                .map(Measured::effort)
                .filter(words -> !words.isEmpty())
                .map(", "::concat)
                .orElse("")),
        seconds,
        (long) (tasks * (records + states * (perState + Integer.BYTES))),
        new PlannedMemory(
            config.allRuns() * records,
            (COPIES * perState + own) / ranks + system.costs().workspaceBytes()));
  }

  /** 0 where it is not known. */
  private static double eventsPerPatch(
      RunDuration duration, Condition condition, LatticeSystem<?> system) {
    Optional<Double> asked = duration.events(condition);
    if (asked.isPresent()) {
      return asked.get();
    }
    double time = duration.isTime() ? system.costs().eventTime(condition) : 0;
    return time > 0 ? duration.value(condition) / time : 0;
  }

  /**
   * Standard error of an equilibrium mean in standard deviations of a state, as values a relaxation
   * time apart are half independent; of the condition whose runs are shortest.
   */
  private static String certainty(SimulateConfig config, LatticeSystem<?> system) {
    double shortest =
        system.conditions().stream()
            .mapToDouble(condition -> relaxations(config.duration(), condition, system))
            .min()
            .orElse(0);
    if (shortest <= EQUILIBRATION) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        ", %.0f relaxations, means to %.2g s.d.",
        shortest,
        Math.sqrt(2 / (config.runs() * (shortest - EQUILIBRATION))));
  }

  /** Of a run; 0 where it is not known. */
  private static double relaxations(
      RunDuration duration, Condition condition, LatticeSystem<?> system) {
    if (duration.isRelaxations()) {
      return duration.value(condition);
    }
    return system
        .options()
        .relaxation()
        .map(
            known ->
                eventsPerPatch(duration, condition, system)
                    / known.events().apply(condition).orElse(Double.POSITIVE_INFINITY))
        .orElse(0.0);
  }

  private static String words(RunDuration duration, double events, double perRecord) {
    if (duration.isRelaxations()) {
      return "as long as pilot runs tell";
    }
    if (events == 0) {
      return "by time";
    }
    String few = perRecord < 1 ? ", less than one between records" : "";
    return String.format(Locale.ROOT, "%.3g events%s", events, few);
  }
}
