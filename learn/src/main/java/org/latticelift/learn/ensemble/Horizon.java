package org.latticelift.learn.ensemble;

import java.util.List;
import java.util.Locale;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionValues;
import org.latticelift.sim.system.Duration.TimeKey;

/**
 * Length of the predicted trajectories: {@code {time_s: T}}, where time has no unit {@code {time:
 * T}}, or {@code {relaxations: R}}, the latter in units of the model's time unit at each condition.
 * T may also be a mapping from the value of a condition to its time.
 */
public final class Horizon {
  private static final String RELAXATIONS = "relaxations";
  private static final String ALLOWED =
      "{time_s: T}, {time: T} or {relaxations: R} with a number > 0, or T for every condition";

  private final String key;
  private final ConditionValues values;
  private final ConfigNode source;

  private Horizon(String key, ConditionValues values, ConfigNode source) {
    this.key = key;
    this.values = values;
    this.source = source;
  }

  /** Reads the key ({@code node}: a mapping with one of the three keys). */
  public static Horizon fromConfig(ConfigNode node) {
    if (!node.isMapping() || node.keys().size() != 1) {
      throw node.wrongType(ALLOWED);
    }
    String key = node.keys().get(0);
    ConfigNode value = node.get(key);
    boolean time = List.of("time_s", "time").contains(key);
    if (!time && !key.equals(RELAXATIONS)) {
      throw value.wrongType(ALLOWED);
    }
    if (!(time && value.isMapping()) && !(value.number() > 0)) {
      throw value.wrongType(ALLOWED);
    }
    return new Horizon(key, ConditionValues.fromConfig(value, node), node);
  }

  /** As long as the unit of time of the model, so many times ({@code relaxations}: positive). */
  public static Horizon relaxations(double relaxations) {
    String yaml = String.format(Locale.ROOT, "{%s: %s}", RELAXATIONS, relaxations);
    return fromConfig(ConfigNode.parse(yaml, "ensemble.horizon"));
  }

  /** The horizon as it was given. */
  public ConfigNode toConfig() {
    return source;
  }

  /** The key that was given, {@code time_s}, {@code time} or {@code relaxations}. */
  public String key() {
    return key;
  }

  /** Whether the value is a time, and not a multiple of the model's own. */
  boolean physical() {
    return !key.equals(RELAXATIONS);
  }

  /** Whether there is one number for all conditions; false where each condition has its own. */
  public boolean common() {
    return source.get(key).isScalar();
  }

  /**
   * The number for all conditions; where each has its own, an error; a time, or a multiple of the
   * model's unit of time.
   */
  public double value() {
    return source.get(key).number();
  }

  /**
   * Checks that a time is given in the unit of the system; an error otherwise ({@code unit}: {@code
   * s}, or {@code 1} where time has no unit).
   */
  public void requireUnit(String unit) {
    TimeKey.require(source, unit);
  }

  /** Checks that there is a number for every condition, and for no other; an error otherwise. */
  public void requireAll(List<Condition> predicted) {
    values.requireAll(predicted);
  }

  /** In units of time of the model at a condition. */
  double scaled(Condition condition, double unit) {
    return physical() ? values.value(condition) / unit : value();
  }
}
