package org.latticelift.learn.ensemble;

import java.util.List;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.TimeKey;

/**
 * Length of the predicted trajectories: {@code {time_s: T}}, where time has no unit {@code {time:
 * T}}, or {@code {relaxations: R}}, the latter in units of the model's time unit at each condition.
 *
 * @param key that was given
 * @param value positive
 */
public record Horizon(String key, double value) {
  private static final String RELAXATIONS = "relaxations";
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
    boolean known = List.of("time_s", "time", RELAXATIONS).contains(key);
    if (!known || !(number.number() > 0)) {
      throw number.wrongType(ALLOWED);
    }
    return new Horizon(key, number.number());
  }

  /**
   * Writes the key.
   *
   * @return the mapping
   */
  public ConfigNode toConfig() {
    return ConfigNode.parse("{" + key + ": " + value + "}", "ensemble.horizon");
  }

  /** Whether the value is a time, and not a multiple of the model's own. */
  boolean physical() {
    return !key.equals(RELAXATIONS);
  }

  /**
   * Checks that a time is given in the unit of the system; an error otherwise.
   *
   * @param unit {@code s}, or {@code 1} where time has no unit
   */
  public void requireUnit(String unit) {
    TimeKey.require(toConfig(), unit);
  }

  double scaled(double unit) {
    return physical() ? value / unit : value;
  }
}
