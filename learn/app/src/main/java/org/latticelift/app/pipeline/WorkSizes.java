package org.latticelift.app.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The keys {@code size} and {@code sizes} of a configuration: amounts of work by name. Values of
 * the chosen one stand in place of those of the file; the command line overrides both.
 */
final class WorkSizes {
  /** Keys that are gone when a size was chosen. */
  static final Set<String> KEYS = Set.of("size", "sizes");

  private static final String DEFAULT = "quick";

  private WorkSizes() {}

  /**
   * Chooses.
   *
   * @param user what was written, overrides among it
   * @return without the two keys
   */
  static ConfigNode chosen(ConfigNode user, List<String> overrides) {
    Optional<ConfigNode> sizes = user.find("sizes");
    Optional<ConfigNode> size = user.find("size");
    if (sizes.isEmpty()) {
      size.ifPresent(WorkSizes::refuse);
      return user;
    }
    String name = size.map(ConfigNode::text).orElse(DEFAULT);
    if (!sizes.get().keys().contains(name)) {
      throw LatticeLiftException.badData(
          "no size '" + name + "'", "size", "one of " + sizes.get().keys(), "Correct the key");
    }
    ConfigNode node = user.without(KEYS).with(sizes.get().get(name));
    for (String override : overrides) {
      if (KEYS.stream()
          .noneMatch(key -> override.startsWith(key + "=") || override.startsWith(key + "."))) {
        node = node.set(override);
      }
    }
    return node;
  }

  private static void refuse(ConfigNode size) {
    throw LatticeLiftException.badData(
        "size '" + size.text() + "' of a configuration without sizes",
        size.where(),
        "a configuration with the key 'sizes'; experiments have experiment.size",
        "Remove it");
  }
}
