package org.latticelift.learn.ensemble;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.learn.ensemble.Course.Leg;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.schedule.Piece;
import org.latticelift.sim.schedule.Schedule;

/**
 * What trajectories go through: states are recorded at equally spaced times, and between two of
 * them a trajectory steps at one condition after the other.
 *
 * @param times of the records, in the unit of time of the system
 * @param legs between each record and the next
 */
record Course(double[] times, List<List<Leg>> legs) {
  static Course isothermal(TimeGrid grid, double condition, double unit) {
    List<Leg> leg = List.of(new Leg(condition, grid.steps(), grid.step()));
    return new Course(grid.times(unit), Collections.nCopies(grid.records() - 1, leg));
  }

  /**
   * Along a schedule, in the model's own clock ds = dt / tau (EX-50). {@code change}: largest
   * change of the condition within a step.
   */
  static Course along(
      Schedule schedule,
      SdeScaling scaling,
      StableSteps steps,
      int records,
      double change,
      boolean allowExtrapolation) {
    List<Piece> pieces = schedule.pieces(change);
    double length = schedule.length();
    List<List<Leg>> legs = new ArrayList<>();
    int from = 0;
    for (int r = 0; r + 1 < records; r++) {
      double first = length * r / (records - 1);
      double last = r + 2 == records ? length : length * (r + 1) / (records - 1);
      List<Leg> between = new ArrayList<>();
      while (pieces.get(from).end() <= first) {
        from++;
      }
      for (int p = from; p < pieces.size() && pieces.get(p).start() < last; p++) {
        Piece piece = pieces.get(p);
        double unit = scaling.timeUnit(piece.value(), allowExtrapolation);
        double step = steps.at(piece.value());
        // A record's interval at one condition has the steps that it has without a schedule.
        between.add(
            piece.start() <= first && piece.end() >= last
                ? whole(piece.value(), TimeGrid.of(length / unit, step, records))
                : part(piece.value(), piece.part(first, last).length() / unit, step));
      }
      legs.add(List.copyOf(between));
    }
    double unit = scaling.timeUnit(schedule.start(), allowExtrapolation);
    double step = steps.at(schedule.start());
    return new Course(TimeGrid.of(length / unit, step, records).times(unit), legs);
  }

  /**
   * Along a schedule with records at any times.
   *
   * @param memory what lies longer before a record than that, in the model's own clock, is left out
   * @param times of the records, ascending from 0 to the end of the schedule; some may be equal
   * @param change largest change of the condition within a step
   */
  static Course at(
      double[] times,
      Schedule schedule,
      SdeScaling scaling,
      StableSteps steps,
      double change,
      boolean allowExtrapolation,
      double memory) {
    List<Piece> pieces = schedule.pieces(change);
    List<List<Leg>> legs = new ArrayList<>();
    int from = 0;
    for (int r = 0; r + 1 < times.length; r++) {
      double first = times[r];
      double last = times[r + 1];
      List<Leg> between = new ArrayList<>();
      while (from + 1 < pieces.size() && pieces.get(from).end() <= first) {
        from++;
      }
      int to = from;
      while (to < pieces.size() && pieces.get(to).start() < last) {
        to++;
      }
      double left = memory;
      for (int p = to - 1; p >= from && left > 0; p--) {
        Piece piece = pieces.get(p).part(first, last);
        double unit = scaling.timeUnit(piece.value(), allowExtrapolation);
        double scaled = Math.min(left, piece.length() / unit);
        between.add(part(piece.value(), scaled, steps.at(piece.value())));
        left -= scaled;
      }
      Collections.reverse(between);
      if (between.isEmpty()) { // no time passes
        between.add(new Leg(pieces.get(from).value(), 1, 0));
      }
      legs.add(List.copyOf(between));
    }
    return new Course(times, legs);
  }

  private static Leg whole(double condition, TimeGrid grid) {
    return new Leg(condition, grid.steps(), grid.step());
  }

  private static Leg part(double condition, double scaled, double step) {
    long steps = Math.max(1, (long) Math.ceil(scaled / step - 1e-9));
    return new Leg(condition, steps, scaled / steps);
  }

  long steps() {
    return legs.stream().flatMap(List::stream).mapToLong(Leg::steps).sum();
  }

  int records() {
    return times.length;
  }

  /**
   * Equal steps at one condition.
   *
   * @param condition value of the varied parameter
   * @param steps how many, at least 1
   * @param step length of each in time units of the model at this condition
   */
  record Leg(double condition, long steps, double step) {}

  /**
   * Programs of the parameter sets of a model at the conditions that are asked for; the latest are
   * kept, and of each parameter set the first, from which the others take their weights: one alone
   * is about 0.1 MB and takes 0.05 ms to lay out, a further one 3 KB and 20 microseconds, as long
   * as 16 trajectories take for four steps. Schedules pass through 250 conditions at most, so those
   * of a sweep find what eight models need. For any number of threads.
   */
  static final class Programs {
    private static final int KEPT = 4096;

    private final SdeModel model;
    private final EnsembleKernel kernel;
    private final Map<Key, Program> latest =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Program> eldest) {
            return size() > KEPT;
          }
        };

    private final Map<Integer, Program> first = new HashMap<>();

    private record Key(int member, double condition) {}

    Programs(SdeModel model, EnsembleKernel kernel) {
      this.model = model;
      this.kernel = kernel;
    }

    Program of(int member, double condition) {
      Key key = new Key(member, condition);
      synchronized (latest) {
        Program known = latest.get(key);
        if (known != null) {
          return known;
        }
      }
      Program made = made(member, condition);
      synchronized (latest) {
        latest.put(key, made);
      }
      return made;
    }

    private Program made(int member, double condition) {
      SdeParameters parameters = model.models().get(member);
      Program known;
      synchronized (latest) {
        known =
            first.computeIfAbsent(
                member, k -> kernel.program(model.architecture(), parameters, condition));
      }
      return kernel.program(model.architecture(), parameters, condition, known);
    }

    int block() {
      return kernel.block();
    }
  }
}
