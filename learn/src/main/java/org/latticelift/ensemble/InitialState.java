package org.latticelift.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.latticelift.config.ConfigNode;

/**
 * Where predicted trajectories start: {@code random} (every trained variable 0, a random alloy),
 * {@code {observables: [...]}} (all m observables), or {@code {temperature_K: T}} (the state that
 * the model's own drift reaches at that temperature).
 *
 * @param observables m values, or empty
 * @param temperature in K, or empty
 */
public record InitialState(List<Double> observables, OptionalDouble temperature) {
  /**
   * Reads the key.
   *
   * @param node text or a mapping
   * @return the choice
   */
  public static InitialState fromConfig(ConfigNode node) {
    if (node.isScalar() && node.text().equals("random")) {
      return new InitialState(List.of(), OptionalDouble.empty());
    }
    if (node.isMapping() && node.keys().equals(List.of("observables"))) {
      List<Double> values = new ArrayList<>();
      node.get("observables").items().forEach(item -> values.add(item.number()));
      return new InitialState(List.copyOf(values), OptionalDouble.empty());
    }
    if (node.isMapping() && node.keys().equals(List.of("temperature_K"))) {
      double value = node.get("temperature_K").number();
      return new InitialState(List.of(), OptionalDouble.of(value));
    }
    throw node.wrongType("random, {observables: [...]} or {temperature_K: T}");
  }

  /**
   * Writes the key.
   *
   * @return text or a mapping
   */
  public ConfigNode toConfig() {
    String yaml = "random";
    if (temperature.isPresent()) {
      yaml = "{temperature_K: " + temperature.getAsDouble() + "}";
    } else if (!observables.isEmpty()) {
      yaml = "{observables: " + observables + "}";
    }
    return ConfigNode.parse(yaml, "ensemble.initial");
  }
}
