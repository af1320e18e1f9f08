package org.latticelift.io.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a value stands below a mapping ({@code keys}: from the outermost one). */
public record KeyPath(List<String> keys) {
  static KeyPath of(String text) {
    return new KeyPath(List.of(text.split("\\.", -1)));
  }

  /** A copy of a node with a value here, or with a null without one; missing parents are made. */
  ConfigNode set(ConfigNode node, ConfigNode value) {
    if (keys.isEmpty()) {
      return value;
    }
    if (value.isNull() && !node.isMapping()) {
      return node;
    }
    String key = keys.get(0);
    Map<String, ConfigNode> copy =
        node.isMapping() ? new LinkedHashMap<>(node.entries()) : new LinkedHashMap<>();
    ConfigNode child = copy.get(key);
    if (value.isNull() && (child == null || keys.size() == 1)) {
      copy.remove(key);
      return node.holding(copy);
    }
    if (child == null) {
      child = value.holding(Map.of()).at(ConfigNode.join(node.path(), key));
    }
    copy.put(key, new KeyPath(keys.subList(1, keys.size())).set(child, value));
    return node.holding(copy);
  }
}
