package org.latticelift.sim.schedule;

import java.nio.ByteBuffer;
import java.util.List;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;

/** Leg after leg to the next record. */
final class ScheduledStretch<S> implements Stretch {
  private static final int HEAD = Integer.BYTES + Long.BYTES + Double.BYTES + 1;

  private final ScheduledDynamics<S> dynamics;
  private final TimedState<S> state;
  private final List<Course.Leg> legs;
  private final RandomStream stream;
  private int leg;
  private long events;
  private double time;

  /** Of the present leg; null before it begins. */
  private Stretch inner;

  ScheduledStretch(
      ScheduledDynamics<S> dynamics,
      TimedState<S> state,
      List<Course.Leg> legs,
      RandomStream stream) {
    this.dynamics = dynamics;
    this.state = state;
    this.legs = legs;
    this.stream = stream;
  }

  /** Goes on where another stretch was saved. */
  ScheduledStretch<S> resumed(byte[] memory) {
    ByteBuffer in = ByteBuffer.wrap(memory);
    leg = in.getInt();
    events = in.getLong();
    time = in.getDouble();
    if (in.get() != 0) {
      byte[] within = new byte[in.remaining()];
      in.get(within);
      Course.Leg now = legs.get(leg);
      inner =
          Stretch.resume(dynamics.at(now.value()), state.state(), now.duration(), stream, within);
    }
    return this;
  }

  @Override
  public boolean done() {
    return leg == legs.size();
  }

  @Override
  public void advance() {
    if (inner == null) {
      Course.Leg now = legs.get(leg);
      inner = Stretch.begin(dynamics.at(now.value()), state.state(), now.duration(), stream);
    }
    if (!inner.done()) {
      inner.advance();
    }
    if (inner.done()) {
      Progression made = inner.made();
      events += made.events();
      time += made.time();
      inner = null;
      leg++;
      if (done()) {
        state.passed();
      }
    }
  }

  @Override
  public Progression made() {
    Progression within = inner == null ? new Progression(0, 0) : inner.made();
    return new Progression(events + within.events(), time + within.time());
  }

  @Override
  public byte[] save() {
    byte[] within = inner == null ? new byte[0] : inner.save();
    return ByteBuffer.allocate(HEAD + within.length)
        .putInt(leg)
        .putLong(events)
        .putDouble(time)
        .put((byte) (inner == null ? 0 : 1))
        .put(within)
        .array();
  }
}
