package org.latticelift.sim.simulate;

import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.MicroscopicSystem;

/**
 * What passes between two records of the runs of one condition. All runs share it, so that records
 * of different runs belong to equal times (DI-53).
 */
final class RecordInterval {
  private RecordInterval() {}

  /**
   * The interval of a condition.
   *
   * @param extent of the runs
   * @param dynamics of the runs at the condition
   * @param known what events take, where earlier runs tell; else a pilot run finds it
   * @param stop ends pilot runs
   */
  static <S> Duration of(
      MicroscopicSystem<S> system,
      SimulateConfig config,
      Condition condition,
      Extent extent,
      Dynamics<S> dynamics,
      EventTimes known,
      long seed,
      StopSignal stop) {
    RunDuration duration = config.duration();
    double value = duration.value(condition);
    if (config.sampling() == Sampling.EVENTS) {
      return events(config, condition, extent);
    }
    double total = value;
    if (duration.isRelaxations()) {
      Dynamics<S> small = system.dynamics(condition, 0, stop);
      total *= RelaxationPilot.relaxationTime(small, system.small(), condition, seed);
    } else if (!duration.isTime()) {
      total =
          known
              .of(condition)
              .orElseGet(
                  () ->
                      EventPilot.run(
                          value,
                          dynamics,
                          extent,
                          new Streams(seed).stream(Purpose.PILOT, condition.key())))
              .timeOf(value);
    }
    return Duration.time(total / config.records());
  }

  /** An equal number of events between records, at least one. */
  static Duration events(SimulateConfig config, Condition condition, Extent extent) {
    double events = config.duration().value(condition) * extent.patches();
    return Duration.events(Math.max(1, Math.round(events / config.records())));
  }
}
