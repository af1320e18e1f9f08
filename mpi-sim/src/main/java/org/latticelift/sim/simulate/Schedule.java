package org.latticelift.sim.simulate;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Progression;

/**
 * When the runs of one condition are recorded. All runs share it, so that records of different runs
 * belong to equal times (DI-53).
 */
final class Schedule {
  /** The pilot run makes this fraction of the events, and its second half is timed. */
  private static final double PILOT_FRACTION = 0.05;

  private static final long FEWEST_PILOT_EVENTS = 2000;

  private Schedule() {}

  /**
   * What passes between two records.
   *
   * @param meanEventTime mean time per event and patch if known, else 0: then a pilot run of the
   *     condition estimates it, so "events" of a run sampled at equal times are approximate
   */
  static <S> Duration step(
      SimulateConfig config,
      Condition condition,
      Extent extent,
      Dynamics<S> dynamics,
      double meanEventTime,
      long seed) {
    DurationSpec spec = config.duration();
    if (config.sampling() == Sampling.EVENTS) {
      double events = spec.value(condition) * extent.patches();
      return Duration.events(Math.max(1, Math.round(events / config.records())));
    }
    double mean = meanEventTime;
    if (spec.isEvents() && mean == 0) {
      mean = pilot(spec.value(condition), condition, extent, dynamics, seed);
    }
    double total = spec.seconds(condition, mean, 0);
    return Duration.time(total / config.records());
  }

  private static <S> double pilot(
      double eventsPerPatch, Condition condition, Extent extent, Dynamics<S> dynamics, long seed) {
    RandomStream stream = new Streams(seed).stream(Purpose.PILOT, condition.key());
    S state = dynamics.initial(extent, stream);
    long half =
        extent.patches()
            * Math.max(FEWEST_PILOT_EVENTS, Math.round(PILOT_FRACTION / 2 * eventsPerPatch));
    dynamics.advance(state, Duration.events(half), stream);
    Progression second = dynamics.advance(state, Duration.events(half), stream);
    return second.time() * extent.patches() / second.events();
  }
}
