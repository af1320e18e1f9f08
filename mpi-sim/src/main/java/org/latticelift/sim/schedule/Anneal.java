package org.latticelift.sim.schedule;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Doc;

/**
 * Protocol {@code anneal}: a value that stays.
 *
 * @param at the value
 * @param time how long, where time has no unit
 * @param timeS how long
 */
record Anneal(
    @Doc("the value that stays") double at,
    @Doc("how long, where time has no unit") Optional<Double> time,
    @Doc("how long") Optional<Double> timeS) {

  void addTo(ScheduleBuilder builder, ConfigNode node, String timeUnit) {
    builder.add(ProtocolTime.of(time, timeS, node, timeUnit), at, at, node.where());
  }
}
