package org.latticelift.simulation;

import org.latticelift.config.Default;
import org.latticelift.config.Doc;
import org.latticelift.config.OneOf;
import org.latticelift.config.Range;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.system.DurationSpec;

/**
 * Sections {@code simulate} and {@code direct}.
 *
 * @param runs independent runs per condition
 * @param records records after the initial one
 * @param duration length of a run; events are counted per patch
 * @param sampling records at equal times, or after equal numbers of events (DI-53)
 */
public record SimulateConfig(
    @Default("4") @Range(min = 1, max = 100000) @Doc("independent runs per condition") int runs,
    @Default("200") @Range(min = 1, max = 1e7) @Doc("records after the initial one") int records,
    @Default("{events: 200000}") @Doc("length of a run: {events: N} per patch or {time_s: T}")
        DurationSpec duration,
    @Default("time")
        @OneOf({"time", "events"})
        @Doc("records at equal times, or after equal numbers of events")
        String sampling) {

  /**
   * Checks that the length of a run can be known before it.
   *
   * @param runs independent runs per condition
   * @param records records after the initial one
   * @param duration by events or by time
   * @param sampling by events needs a duration in events
   */
  public SimulateConfig {
    boolean byEvents = sampling.equals("events");
    if (!duration.isEvents() && (byEvents || !duration.isTime())) {
      throw LatticeLiftException.badData(
          "no such duration of a run" + (byEvents ? " that is sampled by events" : ""),
          duration.toConfig().where(),
          byEvents ? "{events: N}" : "{events: N} or {time_s: T}",
          "Write one of these");
    }
  }
}
