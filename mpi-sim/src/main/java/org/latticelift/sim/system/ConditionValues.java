package org.latticelift.sim.system;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.NearestKey.UnknownKey;
import org.latticelift.io.error.LatticeLiftException;

/**
 * One positive number for all conditions, or a mapping from the value of a condition to its number:
 * {@code 64000} or {@code {1000: 1.3e6, 2000: 64000}}.
 */
public final class ConditionValues {
  private final double common;
  private final Map<Double, Double> byCondition;
  private final ConfigNode source;

  private ConditionValues(double common, Map<Double, Double> byCondition, ConfigNode source) {
    this.common = common;
    this.byCondition = byCondition;
    this.source = source;
  }

  /**
   * Reads the configuration.
   *
   * @param value a number or a mapping
   * @param source what messages point at
   * @return the numbers
   */
  public static ConditionValues fromConfig(ConfigNode value, ConfigNode source) {
    if (!value.isMapping()) {
      return new ConditionValues(positive(value), Map.of(), source);
    }
    Map<Double, Double> byCondition = new HashMap<>();
    for (String name : value.keys()) {
      if (byCondition.put(conditionValue(name, value), positive(value.get(name))) != null) {
        throw LatticeLiftException.badData(
            "two durations for " + name, value.where(), "one for each condition", "Remove one");
      }
    }
    if (byCondition.isEmpty()) {
      throw LatticeLiftException.badData(
          "a duration of no condition",
          source.where(),
          "one number, or an entry for every condition",
          "Write the entries");
    }
    return new ConditionValues(Double.NaN, byCondition, source);
  }

  private static double conditionValue(String key, ConfigNode node) {
    try {
      return Double.parseDouble(key);
    } catch (NumberFormatException e) {
      throw LatticeLiftException.badData(
          "'" + key + "' is not the value of a condition",
          node.where(),
          "numbers such as the temperatures under 'conditions'",
          "Correct the key");
    }
  }

  private static double positive(ConfigNode node) {
    double value = node.number();
    if (!(value > 0) || Double.isInfinite(value)) {
      throw LatticeLiftException.badData(
          "a duration of " + node.text(), node.where(), "a positive number", "Correct the value");
    }
    return value;
  }

  /**
   * Hands every number to a check.
   *
   * @param check throws where a number is not allowed
   */
  void forEach(DoubleConsumer check) {
    if (byCondition.isEmpty()) {
      check.accept(common);
    }
    byCondition.values().forEach(check::accept);
  }

  /**
   * Checks that there is a number for every condition, and for no other; an error otherwise.
   *
   * @param conditions all conditions
   */
  public void requireAll(List<Condition> conditions) {
    conditions.forEach(this::value);
    for (double value : byCondition.keySet()) {
      if (conditions.stream().noneMatch(condition -> condition.value() == value)) {
        List<String> known = conditions.stream().map(c -> plain(c.value())).toList();
        throw UnknownKey.error(plain(value), source.where(), known);
      }
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * The number for a condition.
   *
   * @param condition the condition
   * @return positive
   */
  public double value(Condition condition) {
    if (byCondition.isEmpty()) {
      return common;
    }
    Double value = byCondition.get(condition.value());
    if (value == null) {
      throw LatticeLiftException.badData(
          "no duration for " + condition.parameter() + " = " + condition.value(),
          source.where(),
          "an entry for every condition, or one number for all",
          "Add the entry");
    }
    return value;
  }
}
