package org.latticelift.sim.schedule;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Doc;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Protocols {@code ramp} and {@code quench}: an even change from one value to another.
 *
 * @param from the first value; absent: where the protocol before ended
 * @param to the last value
 * @param time how long, where time has no unit
 * @param timeS how long
 * @param rate change per unit of time, instead of a time
 */
record Ramp(
    @Doc("first value; default where the protocol before ended") Optional<Double> from,
    @Doc("last value") double to,
    @Doc("how long, where time has no unit") Optional<Double> time,
    @Doc("how long") Optional<Double> timeS,
    @Doc("change per unit of time, instead of a time") Optional<Double> rate) {

  void addTo(ScheduleBuilder builder, ConfigNode node, String timeUnit) {
    double first = first(builder, node);
    double length = ProtocolTime.of(time, timeS, rate, to - first, node, timeUnit);
    builder.add(length, first, to, node.where());
  }

  void addFalling(ScheduleBuilder builder, ConfigNode node, String timeUnit) {
    double first = first(builder, node);
    if (!(to < first)) {
      throw LatticeLiftException.badData(
          "a quench from " + first + " to " + to,
          node.where(),
          "a last value below the first",
          "Correct it, or write ramp");
    }
    addTo(builder, node, timeUnit);
  }

  private double first(ScheduleBuilder builder, ConfigNode node) {
    if (from.isEmpty() && builder.empty()) {
      throw LatticeLiftException.badData(
          "a ramp that begins nowhere",
          node.where(),
          "a value 'from', or a protocol before",
          "Add from: VALUE");
    }
    return from.orElseGet(builder::value);
  }
}
