package org.latticelift.sim.systems.spin;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Doc;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;

/**
 * Section {@code conditions} of spin systems.
 *
 * @param temperature temperatures
 */
public record TemperaturesConfig(
    @Doc("temperatures in units of J, k_B = 1") List<Double> temperature) {
  private static final String NAME = "temperature";
  private static final double LOWEST = 0.2;
  private static final double HIGHEST = 1000;

  /**
   * Reads the section.
   *
   * @param node the section
   * @return one condition per temperature, all different
   */
  public static List<Condition> conditions(ConfigNode node) {
    List<Condition> conditions = new ArrayList<>();
    for (double temperature : Binder.bind(node, TemperaturesConfig.class).temperature()) {
      if (!(temperature >= LOWEST && temperature <= HIGHEST)) {
        throw mistake("a temperature of " + temperature, node, LOWEST + " to " + HIGHEST);
      }
      Condition condition = Condition.of(NAME, temperature);
      if (conditions.contains(condition)) {
        throw mistake("temperature " + temperature + " twice", node, "different temperatures");
      }
      conditions.add(condition);
    }
    if (conditions.isEmpty()) {
      throw mistake("no temperature", node, "at least one, such as temperature: [2.5]");
    }
    return conditions;
  }

  private static LatticeLiftException mistake(String what, ConfigNode node, String allowed) {
    return LatticeLiftException.badData(what, node.get(NAME).where(), allowed, "Correct the list");
  }
}
