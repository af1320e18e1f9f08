package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.RelaxationTime;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;

/**
 * What passes between two records of the runs of one condition. All runs share it, so that records
 * of different runs belong to equal times (DI-53).
 */
final class RecordInterval {
  private RecordInterval() {}

  /**
   * The interval of a condition ({@code known}: what events take, where earlier runs tell; else a
   * pilot run finds it).
   */
  static <S> Duration of(
      LatticeSystem<S> system,
      SimulateConfig config,
      Condition condition,
      Extent extent,
      Dynamics<S> dynamics,
      EventTimes known,
      StageContext context) {
    RunDuration duration = config.duration();
    double value = duration.value(condition);
    if (config.sampling() == Sampling.EVENTS) {
      return events(config, condition, extent);
    }
    double total = value;
    if (duration.isRelaxations()) {
      Dynamics<S> small = system.dynamics(condition, new RunContext(0, context.stop()));
      total *= RelaxationPilot.relaxationTime(small, system.small(), condition, context.seed());
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
                          new Streams(context.seed()).stream(Purpose.PILOT, condition.key())))
              .timeOf(value);
    }
    return Duration.time(total / config.records());
  }

  /** An equal number of events between records, at least one. */
  static Duration events(SimulateConfig config, Condition condition, Extent extent) {
    double events = config.duration().value(condition) * extent.patches();
    return Duration.events(Math.max(1, Math.round(events / config.records())));
  }

  /**
   * A run that finds what events take. It goes on until events take as long in its second half as
   * in its first, twice in a row, as one agreement may be chance; at most it makes all events that
   * are asked for.
   */
  static final class EventPilot {
    private static final double AGREEMENT = 0.05;
    private static final int IN_A_ROW = 2;

    /** The first piece is this fraction of the events. */
    private static final double FRACTION = 0.0125;

    private static final long FEWEST = 2000;

    private EventPilot() {}

    /** Runs from an initial state ({@code wanted}: events per patch, the most that are made). */
    static <S> EventClock run(
        double wanted, Dynamics<S> dynamics, Extent extent, RandomStream stream) {
      long most = Math.max(1, Math.round(wanted * extent.patches()));
      long piece =
          Math.min(most, extent.patches() * Math.max(FEWEST, Math.round(FRACTION * wanted)));
      S state = dynamics.initial(extent, stream);
      List<double[]> points = new ArrayList<>(List.of(new double[2]));
      double events = 0;
      double time = 0;
      int agreed = 0;
      while (piece > 0 && agreed < IN_A_ROW) {
        Progression made = dynamics.advance(state, Duration.events(piece), stream);
        double before = events == 0 ? 0 : time / events;
        double now = made.time() / made.events();
        agreed = Math.abs(now - before) <= AGREEMENT * now && events > 0 ? agreed + 1 : 0;
        events += made.events();
        time += made.time();
        points.add(new double[] {events / extent.patches(), time});
        piece = (long) Math.min(made.events() == 0 ? 0 : events, most - events);
      }
      return EventClock.through(points);
    }
  }

  /**
   * A few runs of the small system from initial states that find its relaxation time, that of the
   * slowest observable ({@link RelaxationTime}). The runs double until they are long against what
   * they find.
   */
  static final class RelaxationPilot<S> {
    private static final int RUNS = 4;

    /** Records of a run; when there are twice as many, every other one is dropped. */
    private static final int RECORDS = 256;

    /** Events per patch between the first records. */
    private static final long FIRST_EVENTS = 10;

    /** Events per patch of one run that are not exceeded: minutes. */
    private static final double MOST_EVENTS = 1e8;

    private final Dynamics<S> dynamics;
    private final List<Run<S>> runs = new ArrayList<>();
    private final long patches;
    private final Condition condition;
    private double step;

    /** One run and its records, component after component. */
    private record Run<S>(S state, RandomStream stream, List<double[]> records) {}

    private RelaxationPilot(
        Dynamics<S> dynamics, Extent extent, Condition condition, Streams streams) {
      this.dynamics = dynamics;
      this.condition = condition;
      this.patches = extent.patches();
      for (int run = 0; run < RUNS; run++) {
        RandomStream stream = streams.stream(Purpose.PILOT, condition.key(), run);
        S state = dynamics.initial(extent, stream);
        runs.add(new Run<>(state, stream, new ArrayList<>(List.of(dynamics.observe(state)))));
      }
      this.step = firstStep(extent, streams.stream(Purpose.PILOT, condition.key(), RUNS));
    }

    /**
     * Runs until the answer is known ({@code condition}: what the streams are keyed by); relaxation
     * time of the slowest observable, in the unit of time.
     */
    static <S> double relaxationTime(
        Dynamics<S> dynamics, Extent extent, Condition condition, long seed) {
      return new RelaxationPilot<>(dynamics, extent, condition, new Streams(seed)).find();
    }

    private double find() {
      double events = 0;
      while (events < MOST_EVENTS * patches) {
        for (Run<S> run : runs) {
          events += extend(run) / RUNS;
        }
        OptionalDouble found = answer();
        if (found.isPresent()) {
          return found.getAsDouble() * step;
        }
        thin();
      }
      throw LatticeLiftException.badData(
          String.format(
              Locale.ROOT, "not equilibrated after %.3g events of a pilot run", events / patches),
          "duration: {relaxations: R} at " + condition.parameter() + " = " + condition.value(),
          "conditions at which the small system relaxes within 1e8 events",
          "Give the duration as {mean_events: N} or as a time");
    }

    /** The time of the first few events, which later doubles as often as it is needed. */
    private double firstStep(Extent extent, RandomStream stream) {
      long events = RECORDS * FIRST_EVENTS * patches;
      S state = dynamics.initial(extent, stream);
      return dynamics.advance(state, Duration.events(events), stream).time() / RECORDS;
    }

    private double extend(Run<S> run) {
      double events = 0;
      while (run.records().size() <= 2 * RECORDS) {
        events += dynamics.advance(run.state(), Duration.time(step), run.stream()).events();
        run.records().add(dynamics.observe(run.state()));
      }
      return events;
    }

    private void thin() {
      step *= 2;
      for (Run<S> run : runs) {
        List<double[]> all = run.records();
        List<double[]> kept =
            new ArrayList<>(
                IntStream.rangeClosed(0, RECORDS).mapToObj(i -> all.get(2 * i)).toList());
        all.clear();
        all.addAll(kept);
      }
    }

    /** In steps; empty while the runs are not long enough to tell. */
    private OptionalDouble answer() {
      double slowest = 0;
      int observables = runs.get(0).records().get(0).length;
      for (int c = 0; c < observables; c++) {
        OptionalDouble one = answer(c);
        if (one.isEmpty()) {
          return one;
        }
        slowest = Math.max(slowest, one.getAsDouble());
      }
      return OptionalDouble.of(slowest);
    }

    private OptionalDouble answer(int component) {
      RelaxationTime time =
          RelaxationTime.of(
              runs.stream()
                  .map(run -> run.records().stream().mapToDouble(r -> r[component]).toArray())
                  .toList());
      return time.resolved() ? OptionalDouble.of(time.steps()) : OptionalDouble.empty();
    }
  }

  /** What events take at a condition, as far as earlier runs tell. */
  interface EventTimes {
    EventTimes UNKNOWN = condition -> Optional.empty();

    /** The clock of a condition; empty where it is not known. */
    Optional<EventClock> of(Condition condition);
  }

  /**
   * The time that events take, known from a course of events and times; after its end they go on at
   * the pace of its second half. So a beginning that is faster or slower than what follows is
   * counted once and not for all events.
   *
   * @param events per patch, ascending from 0
   * @param time when so many were made, as many numbers
   */
  record EventClock(double[] events, double[] time) {
    /** Differences below are those of the order of operations. */
    private static final double ROUNDING = 1e-9;

    /**
     * Events and times of one run, record by record from the initial one.
     *
     * @param events of all patches
     * @param time in the unit of the system
     */
    record Course(long[] events, double[] time) {
      RunRecords.End end() {
        return new RunRecords.End(time[time.length - 1], events[events.length - 1]);
      }
    }

    /**
     * The mean of several runs that were recorded at the same times, or after the same numbers of
     * events ({@code runs}: with as many records each; {@code patches}: of the system, which share
     * the events); empty where there are no events.
     */
    static Optional<EventClock> of(List<Course> runs, long patches) {
      List<double[]> points = new ArrayList<>();
      double last = -1;
      for (int record = 0; !runs.isEmpty() && record < runs.get(0).time().length; record++) {
        double events = 0;
        double time = 0;
        for (Course run : runs) {
          events += run.events()[record] / (double) patches / runs.size();
          time += run.time()[record] / runs.size();
        }
        if (events > last) {
          points.add(new double[] {events, time});
          last = events;
        }
      }
      return last > 0 ? Optional.of(through(points)) : Optional.empty();
    }

    /**
     * A clock through points ({@code points}: events per patch and time of each, ascending, from
     * the origin).
     */
    static EventClock through(List<double[]> points) {
      return new EventClock(
          points.stream().mapToDouble(p -> p[0]).toArray(),
          points.stream().mapToDouble(p -> p[1]).toArray());
    }

    /**
     * The time in which a number of events is made on average ({@code wanted}: per patch, not
     * negative), in the unit of time; events without any time where there are no events.
     */
    double timeOf(double wanted) {
      int last = events.length - 1;
      double plain = wanted * (time[last] / events[last]);
      double found = wanted > events[last] ? beyond(wanted, last) : within(wanted);
      // A clock that runs evenly gives the same bits however long it was observed.
      return Math.abs(found - plain) <= ROUNDING * plain ? plain : found;
    }

    private double beyond(double wanted, int last) {
      int half = Math.min(last - 1, firstReaching(events[last] / 2));
      double pace = (time[last] - time[half]) / (events[last] - events[half]);
      return time[last] + (wanted - events[last]) * pace;
    }

    private double within(double wanted) {
      int next = Math.max(1, firstReaching(wanted));
      double part = (wanted - events[next - 1]) / (events[next] - events[next - 1]);
      return time[next - 1] + part * (time[next] - time[next - 1]);
    }

    /** Smallest index of at least so many events, which are not more than all. */
    private int firstReaching(double wanted) {
      int found = Arrays.binarySearch(events, wanted);
      return found >= 0 ? found : -found - 1;
    }
  }
}
