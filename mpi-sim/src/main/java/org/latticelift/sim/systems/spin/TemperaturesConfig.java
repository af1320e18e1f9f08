package org.latticelift.sim.systems.spin;

import java.util.List;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Doc;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionList;

/**
 * Section {@code conditions} of spin systems.
 *
 * @param temperature temperatures
 */
public record TemperaturesConfig(
    @Doc("temperatures in units of J, k_B = 1") List<Double> temperature) {
  private static final double LOWEST = 0.2;
  private static final double HIGHEST = 1000;
  private static final ConditionList CONDITIONS =
      new ConditionList(
          "temperature", t -> t >= LOWEST && t <= HIGHEST, LOWEST + " to " + HIGHEST, "2.5");

  /**
   * Reads the section.
   *
   * @param node the section
   * @return one condition per temperature, all different
   */
  public static List<Condition> conditions(ConfigNode node) {
    return CONDITIONS.of(Binder.bind(node, TemperaturesConfig.class).temperature(), node);
  }
}
