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
  static StagePlan of(
      String stage,
      MicroscopicSystem<?> system,
      SimulateConfig config,
      Extent extent,
      boolean states) {
    long tasks = (long) system.conditions().size() * config.runs();
    double events = 0;
    DurationSpec spec = config.duration();
    for (Condition condition : system.conditions()) {
      if (spec.isEvents()) {
        events += spec.value(condition) * extent.patches() * config.runs();
      }
    }
    long perRecord =
        8L * (2 + system.macroscopics().size())
            + (states ? StateSeries.elements(system.codec(), extent) + 4 : 0);
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
        stage,
        tasks,
        size,
        events * system.eventCost(),
        tasks * (config.records() + 1) * perRecord);
  }
}
