package org.latticelift.learn.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Where predicted trajectories start: {@code random} (the observables that initial states of the
 * large system have on average, for an alloy those of random atoms), {@code {observables: [...]}}
 * (all m observables), or {@code {temperature_K: T}} with the name of the parameter that is varied
 * (the state that the model's own drift reaches there).
 *
 * @param observables m values, or empty
 * @param parameter name of the parameter, or empty
 * @param condition its value, or empty
 */
public record InitialState(
    List<Double> observables, Optional<String> parameter, OptionalDouble condition) {
  private static final String RANDOM = "random";
  private static final String OBSERVABLES = "observables";

  /** Reads the key ({@code node}: text or a mapping). */
  public static InitialState fromConfig(ConfigNode node) {
    if (node.isWord(RANDOM)) {
      return new InitialState(List.of(), Optional.empty(), OptionalDouble.empty());
    }
    if (!node.isMapping() || node.keys().size() != 1) {
      throw node.wrongType("random, {observables: [...]} or {temperature_K: T}");
    }
    String key = node.keys().get(0);
    if (key.equals(OBSERVABLES)) {
      List<Double> values = new ArrayList<>();
      node.get(OBSERVABLES).items().forEach(item -> values.add(item.number()));
      if (values.isEmpty()) {
        throw node.get(OBSERVABLES).wrongType("a value for every observable");
      }
      return new InitialState(List.copyOf(values), Optional.empty(), OptionalDouble.empty());
    }
    double value = node.get(key).number();
    return new InitialState(List.of(), Optional.of(key), OptionalDouble.of(value));
  }

  /** Whether trajectories start as the large system does; true for {@code random}. */
  public boolean random() {
    return observables.isEmpty() && condition.isEmpty();
  }

  /** Refuses a number of values that is not that of the observables. */
  void requireCount(int count) {
    if (!observables.isEmpty() && observables.size() != count) {
      throw LatticeLiftException.badData(
          "The initial state has " + observables.size() + " values",
          "ensemble.initial.observables",
          "one value for each of " + count + " observables",
          "Give all of them in the order of the observables");
    }
  }

  public ConfigNode toConfig() {
    String yaml = RANDOM;
    if (parameter.isPresent()) {
      yaml = "{" + parameter.get() + ": " + condition.getAsDouble() + "}";
    } else if (!observables.isEmpty()) {
      yaml = "{observables: " + observables + "}";
    }
    return ConfigNode.parse(yaml, "ensemble.initial");
  }
}
