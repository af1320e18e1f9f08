package org.latticelift.sim.schedule;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Protocol {@code cycle}: up and down between two values, beginning low.
 *
 * @param low one value
 * @param high the other
 * @param time of one cycle, where time has no unit
 * @param timeS of one cycle
 * @param count number of cycles
 * @param shape even changes or jumps
 */
record Cycle(
    @Doc("one value, with which a cycle begins") double low,
    @Doc("the other value") double high,
    @Doc("of one cycle, where time has no unit") Optional<Double> time,
    @Doc("of one cycle") Optional<Double> timeS,
    @Default("1") @Range(min = 1, max = 100000) @Doc("number of cycles") int count,
    @Default("triangle") @Doc("even changes, or jumps between the values") Shape shape) {

  /** How values change. */
  enum Shape {
    /** Evenly up, evenly down. */
    TRIANGLE,
    /** Low for one half, high for the other. */
    SQUARE
  }

  void addTo(ScheduleBuilder builder, ConfigNode node, String timeUnit) {
    if (!(low < high)) {
      throw LatticeLiftException.badData(
          "a cycle with low: " + low + " and high: " + high,
          node.where(),
          "low below high",
          "Exchange them, or write points for a cycle that begins high");
    }
    double half = ProtocolTime.of(time, timeS, node, timeUnit) / 2;
    boolean jumps = shape == Shape.SQUARE;
    for (int i = 0; i < count; i++) {
      builder.add(half, low, jumps ? low : high, node.where());
      builder.add(half, high, jumps ? high : low, node.where());
    }
  }
}
