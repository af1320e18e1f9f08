package org.latticelift.sim.schedule;

import java.util.function.Function;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;

/**
 * The dynamics of one condition after the other. At the end of a leg the waiting time is drawn
 * anew, which is exact for rates that are constant on both sides, since waiting has no memory.
 */
final class ScheduledDynamics<S> implements InterruptibleDynamics<TimedState<S>> {
  private final Condition start;
  private final Course course;
  private final Function<Condition, Dynamics<S>> family;
  private final StopSignal stop;
  private Condition latest;
  private Dynamics<S> dynamics;

  ScheduledDynamics(
      Condition start, Course course, Function<Condition, Dynamics<S>> family, StopSignal stop) {
    this.start = start;
    this.course = course;
    this.family = family;
    this.stop = stop;
  }

  /** Those of a value, which are kept while it stays. */
  Dynamics<S> at(double value) {
    if (latest == null || latest.value() != value) {
      latest = Condition.of(start.parameter(), value);
      dynamics = family.apply(latest);
    }
    return dynamics;
  }

  @Override
  public TimedState<S> initial(Extent extent, RandomStream stream) {
    return new TimedState<>(at(start.value()).initial(extent, stream), 0);
  }

  @Override
  public Progression advance(TimedState<S> state, Duration duration, RandomStream stream) {
    return begin(state, duration, stream).finish(stop);
  }

  /** To the next record, whatever the duration says: the schedule has it. */
  @Override
  public Stretch begin(TimedState<S> state, Duration duration, RandomStream stream) {
    return new ScheduledStretch<>(this, state, course.after(state.records()), stream);
  }

  @Override
  public Stretch resume(
      TimedState<S> state, Duration duration, RandomStream stream, byte[] memory) {
    return new ScheduledStretch<>(this, state, course.after(state.records()), stream)
        .resumed(memory);
  }

  @Override
  public double[] observe(TimedState<S> state) {
    return at(latest == null ? start.value() : latest.value()).observe(state.state());
  }
}
