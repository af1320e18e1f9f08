package org.latticelift.learn.diagram;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.predict.Clocks;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.schedule.Piece;
import org.latticelift.sim.schedule.Schedule;

/**
 * Even coolings between two conditions, from so fast that nothing follows to so slow that order
 * follows down to the lowest condition. Their lengths are geometric. What is long forgotten is left
 * out: a cooling begins, in the state that belongs there, where the rest of it takes a few hundred
 * time units of the model, as a slow one would spend nearly all of its time hot.
 */
final class CoolingRates {
  /** Time units of the model that the fastest cooling takes. */
  private static final double FASTEST = 0.1;

  /** Time units that the slowest cooling has wherever its pace changes by a factor of e. */
  private static final double SETTLED = 3;

  /** Time units before the end that are predicted; maps take 30 for the way to the late state. */
  private static final double REMEMBERED = 200;

  private static final double PIECES = 500;

  private final SdeScaling scaling;
  private final Clocks clocks;
  private final double hot;
  private final double cold;

  CoolingRates(SdeScaling scaling, Clocks clocks) {
    this.scaling = scaling;
    this.clocks = clocks;
    this.cold = scaling.condition()[0];
    this.hot = scaling.condition()[scaling.condition().length - 1];
  }

  /** Lengths in the clock of schedules, ascending. */
  List<Double> lengths(int count) {
    double fastest = fastest();
    double slowest = Math.max(slowest(), fastest);
    List<Double> lengths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lengths.add(fastest * Math.pow(slowest / fastest, i / (count - 1.0)));
    }
    return lengths;
  }

  private double fastest() {
    // A unit of the hottest condition, in which every clock has numbers of a fair size.
    double first = 1 / pace(hot);
    Schedule schedule = clocks.simulated(Schedule.slope(hot, cold, first));
    return first * FASTEST / schedule.pieces(change()).stream().mapToDouble(this::units).sum();
  }

  /** Everywhere slow enough: within the range in which the pace changes by e, or the whole one. */
  private double slowest() {
    double slowest = 0;
    double step = change();
    for (int i = 0; i < PIECES; i++) {
      double value = cold + i * step;
      double here = pace(value);
      double changes = Math.abs(Math.log(pace(Math.min(hot, value + step)) / here)) / step;
      double range = Math.min(1 / changes, hot - cold);
      slowest = Math.max(slowest, SETTLED * (hot - cold) / range / here);
    }
    return slowest;
  }

  /** Time units of the model in a unit of time of schedules. */
  private double pace(double value) {
    double ratio = clocks.real() ? clocks.realTime().orElseThrow().ratio(value) : 1;
    return 1 / (ratio * scaling.timeUnit(value, false));
  }

  private double change() {
    return (hot - cold) / PIECES;
  }

  /** What counts of a cooling of this length, in simulated time. */
  Schedule schedule(double length) {
    Schedule whole = clocks.simulated(Schedule.slope(hot, cold, length));
    List<Piece> pieces = whole.pieces(change());
    double units = 0;
    int from = pieces.size();
    while (from > 0 && units < REMEMBERED) {
      from--;
      units += units(pieces.get(from));
    }
    if (from == 0) {
      return whole;
    }
    double start = whole.value(pieces.get(from).start());
    return clocks.simulated(Schedule.slope(start, cold, length * (start - cold) / (hot - cold)));
  }

  double rate(double length) {
    return (hot - cold) / length;
  }

  /** Time units of the model that a piece takes. */
  private double units(Piece piece) {
    return piece.length() / scaling.timeUnit(piece.value(), false);
  }
}
