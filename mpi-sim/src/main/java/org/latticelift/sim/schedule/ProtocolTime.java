package org.latticelift.sim.schedule;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.TimeKey;

/** The time that a protocol takes, in the unit of the system or by a rate of change. */
final class ProtocolTime {
  private ProtocolTime() {}

  /**
   * The one number that is given.
   *
   * @param time key {@code time}, of systems whose time has no unit
   * @param seconds key {@code time_s}
   * @param node the protocol
   * @param timeUnit of the system
   */
  static double of(
      Optional<Double> time, Optional<Double> seconds, ConfigNode node, String timeUnit) {
    boolean inSeconds = TimeKey.inSeconds(timeUnit);
    if ((inSeconds ? time : seconds).isPresent() || (inSeconds ? seconds : time).isEmpty()) {
      throw LatticeLiftException.badData(
          "a protocol with the keys " + node.keys(),
          node.where(),
          (inSeconds ? "time_s: T" : "time: T, as time has no unit here"),
          "Write that key");
    }
    return (inSeconds ? seconds : time).get();
  }

  /**
   * The time of a ramp: given, or its change over its rate.
   *
   * @param change of the value, of any sign
   * @param rate key {@code rate}, positive, per unit of time
   */
  static double of(
      Optional<Double> time,
      Optional<Double> seconds,
      Optional<Double> rate,
      double change,
      ConfigNode node,
      String timeUnit) {
    long given = List.of(time, seconds, rate).stream().filter(Optional::isPresent).count();
    if (given != 1) {
      throw LatticeLiftException.badData(
          "a ramp with the keys " + node.keys(),
          node.where(),
          "one of " + TimeKey.of(timeUnit) + " and rate",
          "Write exactly one");
    }
    if (rate.isPresent() && !(rate.get() > 0)) {
      throw LatticeLiftException.badData(
          "a ramp with rate: " + node.get("rate").text(),
          node.where(),
          "a rate above 0; from and to tell the direction",
          "Correct the rate");
    }
    return rate.isPresent() ? Math.abs(change) / rate.get() : of(time, seconds, node, timeUnit);
  }
}
