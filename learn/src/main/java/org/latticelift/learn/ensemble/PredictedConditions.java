package org.latticelift.learn.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The key {@code ensemble.conditions}: the parameter that is varied and its values, such as {@code
 * {temperature_K: [1000, 1200]}}.
 *
 * @param parameter name of the parameter
 * @param values positive numbers
 */
public record PredictedConditions(String parameter, List<Double> values) {
  /**
   * Reads the key.
   *
   * @param node a mapping with one list
   * @return the conditions
   */
  public static PredictedConditions fromConfig(ConfigNode node) {
    if (!node.isMapping() || node.keys().size() != 1) {
      throw node.wrongType("the parameter under 'conditions' with a list of values");
    }
    String parameter = node.keys().get(0);
    List<Double> values = new ArrayList<>();
    for (ConfigNode item : node.get(parameter).items()) {
      if (!(item.number() > 0)) {
        throw LatticeLiftException.badData(
            parameter + " " + item.number(), item.where(), "a number above 0", "Correct the value");
      }
      if (values.contains(item.number())) {
        throw LatticeLiftException.badData(
            parameter + " " + item.number() + " twice",
            item.where(),
            "different values",
            "Remove one");
      }
      values.add(item.number());
    }
    if (values.isEmpty()) {
      throw LatticeLiftException.badData(
          "no condition to predict",
          node.get(parameter).where(),
          "at least one value",
          "Add one, or leave the key out for the trained ones");
    }
    return new PredictedConditions(parameter, List.copyOf(values));
  }

  /**
   * Writes the key.
   *
   * @return a mapping
   */
  public ConfigNode toConfig() {
    return ConfigNode.parse("{" + parameter + ": " + values + "}", "ensemble.conditions");
  }
}
