package org.latticelift.ensemble;

import org.latticelift.config.ConfigNode;

/**
 * Length of the predicted trajectories: {@code {time_s: T}}, where time has no unit {@code {time:
 * T}}, or {@code {relaxations: R}}, the latter in units of the model's time unit at each condition.
 *
 * @param physical whether the value is a physical time
 * @param value positive
 */
public record Horizon(boolean physical, double value) {
  private static final String ALLOWED =
      "{time_s: T}, {time: T} or {relaxations: R} with a number > 0";

  /**
   * Reads the key.
   *
   * @param node a mapping with one of the two keys
   * @return the horizon
   */
  public static Horizon fromConfig(ConfigNode node) {
    if (!node.isMapping() || node.keys().size() != 1) {
      throw node.wrongType(ALLOWED);
    }
    String key = node.keys().get(0);
    ConfigNode number = node.get(key);
    boolean physical = key.equals("time_s") || key.equals("time");
    boolean known = physical || key.equals("relaxations");
    if (!known || !(number.number() > 0)) {
      throw number.wrongType(ALLOWED);
    }
    return new Horizon(physical, number.number());
  }

  /**
   * Writes the key.
   *
   * @return the mapping
   */
  public ConfigNode toConfig() {
    return ConfigNode.parse(
        "{" + (physical ? "time_s" : "relaxations") + ": " + value + "}", "ensemble.horizon");
  }

  double scaled(double unit) {
    return physical ? value / unit : value;
  }
}
