package org.latticelift.sim.schedule;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.ScheduledSystem.ScheduledDynamics.Course;
import org.latticelift.sim.schedule.ScheduledSystem.ScheduledDynamics.ScheduledStretch;
import org.latticelift.sim.schedule.ScheduledSystem.TimedState;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun.PhaseCost;
import org.latticelift.sim.system.DistributedDynamics.SavedState;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;

/**
 * A system whose condition follows a schedule while it is simulated (EX-51). Its one condition is
 * that of the beginning, which keys its random numbers: an isothermal schedule gives the bits of a
 * run without one. Its states know where they are on the schedule, so runs of it are recorded,
 * saved and resumed like any others. Lifting asks for fixed conditions, so it has none.
 */
public final class ScheduledSystem<S> implements LatticeSystem<TimedState<S>> {
  private final LatticeSystem<S> system;
  private final Condition start;
  private final Schedule schedule;
  private final Course course;

  /**
   * A system on a schedule ({@code records}: of a run after the initial one, which are equally
   * spaced; {@code change}: largest change of the condition during which rates are constant,
   * positive).
   */
  public ScheduledSystem(LatticeSystem<S> system, Schedule schedule, int records, double change) {
    this.system = system;
    this.schedule = schedule;
    this.start = Condition.of(system.conditions().get(0).parameter(), schedule.start());
    this.course = new Course(schedule, records, change, system.timeStep());
  }

  @Override
  public SystemFacts facts() {
    return system.facts().withConditions(List.of(start));
  }

  @Override
  public double[] reference(Extent extent) {
    return system.reference(extent);
  }

  @Override
  public StateCodec<TimedState<S>> codec() {
    return new TimedCodec<>(system.codec());
  }

  @Override
  public Dynamics<TimedState<S>> dynamics(Condition condition, RunContext context) {
    Function<Condition, Dynamics<S>> family =
        system
            .options()
            .family()
            .map(kept -> kept.forThread(context.stop()))
            .orElse(each -> system.dynamics(each, new RunContext(0, context.stop())));
    return new ScheduledDynamics<>(start, course, family, context.stop());
  }

  /** Without what asks for fixed conditions, such as lifting. */
  @Override
  public SystemOptions<TimedState<S>> options() {
    SystemOptions<S> inner = system.options();
    return inner.onSchedule(
        inner
            .distributed()
            .filter(DistributedDynamics::followsSchedules)
            .map(dynamics -> new ScheduledDistribution(dynamics, course)),
        schedule::value);
  }

  @Override
  public List<String> explanation() {
    return system.explanation();
  }

  @Override
  public String axis() {
    return system.axis();
  }

  @Override
  public List<String> shared() {
    return system.shared();
  }

  @Override
  public List<String> caveats() {
    return system.caveats();
  }

  /**
   * Also tries both ends of the schedule: a value that is not allowed must not be met on the way.
   */
  @Override
  public void checkRuns(Extent extent) {
    system.checkRuns(extent);
    for (double value : new double[] {schedule.lowest(), schedule.highest()}) {
      Condition end = Condition.of(start.parameter(), value);
      RandomStream stream = new Streams(0).stream(Purpose.PILOT, end.key());
      Dynamics<S> dynamics = system.dynamics(end, 0);
      dynamics.advance(dynamics.initial(small(), stream), Duration.events(1), stream);
    }
  }

  @Override
  public void checkStart(boolean small, boolean large) {
    system.checkStart(small, large);
  }

  @Override
  public List<String> remarks(boolean small, boolean large) {
    return system.remarks(small, large);
  }

  @Override
  public double[] start() {
    return system.start();
  }

  /**
   * A large state that ranks hold together while its condition follows a schedule. Random numbers
   * are keyed by the condition of the beginning, at which runs start and resume.
   */
  record ScheduledDistribution(DistributedDynamics dynamics, Course course)
      implements DistributedDynamics {
    @Override
    public void check(Condition condition, double time, double events) {
      dynamics.check(condition, time, events);
    }

    @Override
    public DistributedRun start(Communicator ranks, Condition condition, int run, Streams seeds) {
      return scheduled(dynamics.start(ranks, condition, run, seeds), condition);
    }

    @Override
    public DistributedRun resume(
        Communicator ranks, Condition condition, int run, Streams seeds, Path saved) {
      return scheduled(dynamics.resume(ranks, condition, run, seeds, saved), condition);
    }

    private DistributedRun scheduled(DistributedRun run, Condition condition) {
      return new ScheduledDistributedRun(run, course, condition.parameter());
    }

    @Override
    public SavedState open(Path saved) {
      return dynamics.open(saved);
    }
  }

  /** A state that knows how many records of its schedule it has passed. */
  static final class TimedState<S> {
    private final S state;
    private int records;

    TimedState(S state, int records) {
      this.state = state;
      this.records = records;
    }

    S state() {
      return state;
    }

    int records() {
      return records;
    }
  }

  /** States are stored as those of the system; only checkpoints keep the clock, too. */
  record TimedCodec<S>(StateCodec<S> codec) implements StateCodec<TimedState<S>> {
    @Override
    public Layout layout() {
      return codec.layout();
    }

    @Override
    public long[] shape(Extent extent) {
      return codec.shape(extent);
    }

    @Override
    public byte[] encode(TimedState<S> state) {
      return codec.encode(state.state());
    }

    @Override
    public TimedState<S> decode(byte[] bytes, Extent extent) {
      return new TimedState<>(codec.decode(bytes, extent), 0);
    }

    @Override
    public void details(Hdf5Writer file, String group, TimedState<S> state) {
      codec.details(file, group, state.state());
    }

    @Override
    public byte[] save(TimedState<S> state) {
      byte[] inner = codec.save(state.state());
      return ByteBuffer.allocate(Integer.BYTES + inner.length)
          .putInt(state.records())
          .put(inner)
          .array();
    }

    @Override
    public TimedState<S> restore(byte[] bytes, Extent extent) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int records = in.getInt();
      byte[] inner = new byte[in.remaining()];
      in.get(inner);
      return new TimedState<>(codec.restore(inner, extent), records);
    }
  }

  /**
   * Leg after leg from record to record, as {@link ScheduledStretch} where one rank holds the
   * state. Every leg is a stretch of the run at one condition, and remembers its cycles itself;
   * which leg of which record it is, is kept here.
   */
  static final class ScheduledDistributedRun implements DistributedRun {
    private final DistributedRun run;
    private final Course course;
    private final String parameter;
    private int records;
    private int leg;

    ScheduledDistributedRun(DistributedRun run, Course course, String parameter) {
      this.run = run;
      this.course = course;
      this.parameter = parameter;
    }

    /** To the next record, whatever the step says: the schedule has it. */
    @Override
    public void begin(Duration step) {
      leg = 0;
      beginLeg();
    }

    private void beginLeg() {
      atLeg();
      run.begin(legs().get(leg).duration());
    }

    private void atLeg() {
      run.change(Condition.of(parameter, legs().get(leg).value()));
    }

    private List<Course.Leg> legs() {
      return course.after(records);
    }

    @Override
    public boolean cycle() {
      if (!run.cycle()) {
        return false;
      }
      leg++;
      if (leg < legs().size()) {
        beginLeg();
        return false;
      }
      records++;
      return true;
    }

    @Override
    public double[] observe() {
      return run.observe();
    }

    @Override
    public double[] measure() {
      return run.measure();
    }

    @Override
    public double time() {
      return run.time();
    }

    @Override
    public long events() {
      return run.events();
    }

    @Override
    public void save(Path file) {
      run.save(file);
    }

    @Override
    public byte[] memory() {
      byte[] within = run.memory();
      return ByteBuffer.allocate(2 * Integer.BYTES + within.length)
          .putInt(records)
          .putInt(leg)
          .put(within)
          .array();
    }

    /** The leg goes on with the cycles that are left of it. */
    @Override
    public void recall(byte[] memory) {
      ByteBuffer in = ByteBuffer.wrap(memory);
      records = in.getInt();
      leg = in.getInt();
      byte[] within = new byte[in.remaining()];
      in.get(within);
      atLeg();
      run.recall(within);
    }

    @Override
    public PhaseCost cost() {
      return run.cost();
    }
  }

  /**
   * The dynamics of one condition after the other. At the end of a leg the waiting time is drawn
   * anew, which is exact for rates that are constant on both sides, since waiting has no memory.
   */
  static final class ScheduledDynamics<S> implements Dynamics<TimedState<S>> {
    private final Condition start;
    private final Course course;
    private final Function<Condition, Dynamics<S>> family;
    private final StopSignal stop;
    private Optional<Condition> latest = Optional.empty();
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
      if (latest.isEmpty() || latest.get().value() != value) {
        latest = Optional.of(Condition.of(start.parameter(), value));
        dynamics = family.apply(latest.get());
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
      return at(latest.orElse(start).value()).observe(state.state());
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

      /** Of the present leg; absent before it begins. */
      private Optional<Stretch> inner = Optional.empty();

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
              Optional.of(
                  dynamics.at(now.value()).resume(state.state(), now.duration(), stream, within));
        }
        return this;
      }

      @Override
      public boolean done() {
        return leg == legs.size();
      }

      @Override
      public void advance() {
        Stretch now = inner.orElseGet(this::begun);
        inner = Optional.of(now);
        if (!now.done()) {
          now.advance();
        }
        if (now.done()) {
          Progression made = now.made();
          events += made.events();
          time += made.time();
          inner = Optional.empty();
          leg++;
          if (done()) {
            state.records++;
          }
        }
      }

      private Stretch begun() {
        Course.Leg now = legs.get(leg);
        return dynamics.at(now.value()).begin(state.state(), now.duration(), stream);
      }

      @Override
      public Progression made() {
        Progression within = inner.map(Stretch::made).orElse(new Progression(0, 0));
        return new Progression(events + within.events(), time + within.time());
      }

      @Override
      public byte[] save() {
        byte[] within = inner.map(Stretch::save).orElse(new byte[0]);
        return ByteBuffer.allocate(HEAD + within.length)
            .putInt(leg)
            .putLong(events)
            .putDouble(time)
            .put((byte) (inner.isPresent() ? 1 : 0))
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

      List<Leg> after(int record) {
        return legs.get(record);
      }
    }
  }
}
