package org.latticelift.simulation;

import org.latticelift.rundir.StagePlan;
import org.latticelift.system.Condition;
import org.latticelift.system.DurationSpec;
import org.latticelift.system.Extent;
import org.latticelift.system.MicroscopicSystem;

/** Estimates for runs before anything is simulated. */
final class RunPlan {
  private RunPlan() {}

  /**
   * Work in core seconds and disk in bytes; a duration in seconds has no estimate of its events.
   */
  static StagePlan of(AllRuns.Kind kind, MicroscopicSystem<?> system, SimulateConfig config) {
    Extent extent = kind.extent();
    long tasks = (long) system.conditions().size() * config.runs();
    double events = 0;
    double seconds = 0;
    DurationSpec spec = config.duration();
    for (Condition condition : system.conditions()) {
      if (spec.isEvents()) {
        double these = spec.value(condition) * extent.patches() * config.runs();
        events += these;
        seconds += these * system.eventCost(condition);
      }
    }
    long perRecord = 8L * (2 + system.macroscopics().size());
    int every = kind.statesEvery();
    long states = every == 0 ? 0 : config.records() / every + 1;
    long perState = StateSeries.bytes(system.codec(), extent) + 4;
    String size =
        String.format(
            java.util.Locale.ROOT,
            "%s, %d sites, %d conditions x %d runs, %s",
            extent.name(),
            extent.sites(),
            system.conditions().size(),
            config.runs(),
            spec.isEvents()
                ? String.format(java.util.Locale.ROOT, "%.3g events", events)
                : "by time");
    return new StagePlan(
        kind.stage(),
        tasks,
        size,
        seconds,
        tasks * ((config.records() + 1) * perRecord + states * perState));
  }
}
