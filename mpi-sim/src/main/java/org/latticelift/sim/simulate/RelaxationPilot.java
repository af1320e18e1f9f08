package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.RelaxationTime;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;

/**
 * A few runs of the small system from initial states that find its relaxation time, that of the
 * slowest observable ({@link RelaxationTime}). The runs double until they are long against what
 * they find.
 *
 * @param <S> state
 */
final class RelaxationPilot<S> {
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
   * Runs until the answer is known.
   *
   * @param dynamics of the small system at the condition
   * @param extent of the small system
   * @param condition what the streams are keyed by
   * @param seed of the experiment
   * @return relaxation time of the slowest observable, in the unit of time
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
            Locale.ROOT, "not relaxed after %.3g events of a pilot run", events / patches),
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
          new ArrayList<>(IntStream.rangeClosed(0, RECORDS).mapToObj(i -> all.get(2 * i)).toList());
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
