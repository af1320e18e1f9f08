package org.latticelift.learn.diagram;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.predict.Clocks;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.schedule.Piece;
import org.latticelift.sim.schedule.Schedule;

/**
 * Even coolings between two conditions, from so fast that nothing follows to so slow that a
 * prediction takes long. Their lengths are geometric.
 */
final class CoolingRates {
  /** Time units of the model that the fastest and the slowest cooling take. */
  private static final double FASTEST = 0.1;

  private static final double SLOWEST = 1000;
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
    // A unit of the hottest condition, in which every clock has numbers of a fair size.
    double first =
        scaling.timeUnit(hot, false) * clocks.realTime().map(t -> t.ratio(hot)).orElse(1.0);
    double perLength = units(clocks.simulated(Schedule.slope(hot, cold, first))) / first;
    List<Double> lengths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double units = FASTEST * Math.pow(SLOWEST / FASTEST, i / (count - 1.0));
      lengths.add(units / perLength);
    }
    return lengths;
  }

  /** In simulated time. */
  Schedule schedule(double length) {
    return clocks.simulated(Schedule.slope(hot, cold, length));
  }

  double rate(double length) {
    return (hot - cold) / length;
  }

  /** Time units of the model that a schedule takes. */
  private double units(Schedule schedule) {
    double units = 0;
    for (Piece piece : schedule.pieces((hot - cold) / PIECES)) {
      units += piece.length() / scaling.timeUnit(piece.value(), false);
    }
    return units;
  }
}
