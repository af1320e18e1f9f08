package org.latticelift.learn.ensemble;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
  /**
   * One condition throughout.
   *
   * @param condition its value
   * @param unit of time of the model there
   */
  static Course isothermal(TimeGrid grid, double condition, double unit) {
    List<Leg> leg = List.of(new Leg(condition, grid.steps(), grid.step()));
    return new Course(grid.times(unit), Collections.nCopies(grid.records() - 1, leg));
  }

  /**
   * Along a schedule, in the model's own clock ds = dt / tau (EX-50).
   *
   * @param steps longest ones in that clock
   * @param change largest change of the condition within a step
   * @param allowExtrapolation whether conditions outside the trained range are accepted
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
   * @param steps longest ones in that clock
   * @param change largest change of the condition within a step
   * @param allowExtrapolation whether conditions outside the trained range are accepted
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

  /** Of one trajectory. */
  long steps() {
    return legs.stream().flatMap(List::stream).mapToLong(Leg::steps).sum();
  }

  int records() {
    return times.length;
  }
}
