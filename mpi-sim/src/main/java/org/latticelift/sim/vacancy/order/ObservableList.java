package org.latticelift.sim.vacancy.order;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The configured observables, key {@code lattice.observables}: a list of {@code pair}, {@code
 * {pair: {shell: 2, reference: equimolar}}}, {@code warren_cowley}, {@code {warren_cowley: {shell:
 * 1}}}, {@code b2}, {@code {b2: {species: [Mo, Ta]}}}, {@code {class: NAME}}.
 */
public final class ObservableList {
  private static final String ALLOWED = "pair, warren_cowley, b2 or {class: NAME}";

  private final ConfigNode node;

  private ObservableList(ConfigNode node) {
    this.node = node;
  }

  /**
   * Takes over a configuration; entries are checked when parameters are made of them.
   *
   * @param node a list
   * @return the list
   */
  public static ObservableList fromConfig(ConfigNode node) {
    if (node.items().isEmpty()) {
      throw node.wrongType("a list with at least one of " + ALLOWED);
    }
    return new ObservableList(node);
  }

  /**
   * Parses YAML.
   *
   * @param yaml such as {@code [pair, b2]}
   * @return the list
   */
  public static ObservableList parse(String yaml) {
    return fromConfig(ConfigNode.parse(yaml, "observables"));
  }

  /**
   * Pair order of the first shell against the composition.
   *
   * @return {@code [pair]}
   */
  public static ObservableList standard() {
    return parse("[pair]");
  }

  /**
   * The configuration.
   *
   * @return as given
   */
  public ConfigNode toConfig() {
    return node;
  }

  List<OrderParameter> create(OrderContext context) {
    List<OrderParameter> parameters = new ArrayList<>();
    for (ConfigNode item : node.items()) {
      parameters.add(create(context, item));
    }
    return parameters;
  }

  private static OrderParameter create(OrderContext context, ConfigNode item) {
    if (item.isMapping() && item.find("class").isPresent()) {
      return own(context, item);
    }
    if (item.isMapping() && item.keys().size() != 1) {
      throw item.wrongType("one of " + ALLOWED + ", each an item of its own");
    }
    String kind = item.isMapping() ? item.keys().get(0) : item.text();
    ConfigNode options =
        item.isMapping() ? item.get(kind) : ConfigNode.parse("", item.where() + " " + kind);
    return switch (kind) {
      case "pair" -> new PairOrder(context, Binder.bind(options, PairOrderConfig.class));
      case "warren_cowley" ->
          new WarrenCowley(context, Binder.bind(options, ShellOrderConfig.class));
      case "b2" -> new B2Order(context, Binder.bind(options, B2OrderConfig.class));
      default -> throw item.wrongType(ALLOWED);
    };
  }

  private static OrderParameter own(OrderContext context, ConfigNode item) {
    String name = item.get("class").text();
    List<String> known = new ArrayList<>();
    for (OrderParameterProvider provider : ServiceLoader.load(OrderParameterProvider.class)) {
      if (provider.name().equals(name)) {
        return provider.create(context, item);
      }
      known.add(provider.name());
    }
    throw LatticeLiftException.badData(
        "no order parameter is called '" + name + "'",
        item.where(),
        known.isEmpty() ? "none is on the class path" : String.join(", ", known),
        "Put the jar that provides it, with its META-INF/services entry, on the class path");
  }
}
