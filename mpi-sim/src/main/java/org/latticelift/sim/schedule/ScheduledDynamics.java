package org.latticelift.sim.schedule;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.schedule.Schedule.Piece;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Dynamics.Progression;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Stretch;

/**
 * The dynamics of one condition after the other. At the end of a leg the waiting time is drawn
 * anew, which is exact for rates that are constant on both sides, since waiting has no memory.
 */
final class ScheduledDynamics<S> implements Dynamics<TimedState<S>> {
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

  /** Leg after leg to the next record. */
  static final class ScheduledStretch<S> implements Stretch {
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
        inner = dynamics.at(now.value()).resume(state.state(), now.duration(), stream, within);
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
        inner = dynamics.at(now.value()).begin(state.state(), now.duration(), stream);
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

  /** What passes between two records of a run under a schedule: times at constant conditions. */
  static final class Course {
    private final List<List<Leg>> legs = new ArrayList<>();

    /**
     * A time at one condition.
     *
     * @param value of the condition
     * @param duration a time
     */
    record Leg(double value, Duration duration) {}

    /**
     * @param records after the initial one
     * @param change largest change of the condition within a leg
     * @param step of systems whose time goes in steps, of which legs then are multiples; else 0
     */
    Course(Schedule schedule, int records, double change, double step) {
      List<Piece> pieces = schedule.pieces(change);
      double length = schedule.length();
      int from = 0;
      for (int r = 0; r < records; r++) {
        double first = length * r / records;
        double last = r + 1 == records ? length : length * (r + 1) / records;
        while (pieces.get(from).end() <= first) {
          from++;
        }
        Duration whole = Duration.time(length / records);
        List<Leg> between = new ArrayList<>();
        for (int p = from; p < pieces.size() && pieces.get(p).start() < last; p++) {
          Piece piece = pieces.get(p);
          if (piece.start() <= first && piece.end() >= last) {
            between.add(new Leg(piece.value(), whole)); // as without a schedule
          } else {
            add(piece.part(first, last), step, between);
          }
        }
        if (between.isEmpty()) {
          between.add(new Leg(schedule.value(first), Duration.time(0))); // shorter than a step
        }
        legs.add(List.copyOf(between));
      }
    }

    private static void add(Piece piece, double step, List<Leg> legs) {
      double time =
          step > 0
              ? (Math.rint(piece.end() / step) - Math.rint(piece.start() / step)) * step
              : piece.length();
      if (time > 0) {
        legs.add(new Leg(piece.value(), Duration.time(time)));
      }
    }

    /** Between a record and the next. */
    List<Leg> after(int record) {
      return legs.get(record);
    }
  }
}
