package org.latticelift.io.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes YAML, with keys in their order or in that of the alphabet. */
final class YamlEmitter {
  private static final Pattern PLAIN =
      Pattern.compile("(-?[A-Za-z0-9_./+])([A-Za-z0-9_./+ ()^%-]*[A-Za-z0-9_./+()^%-])?");
  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?i)~|null|true|false|\\.inf|[-+]\\.inf|\\.nan|[-+.]?[0-9].*|-|-{3}|\\.{3}");

  private final boolean sorted;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param sorted whether keys are in alphabetical order
   */
  YamlEmitter(boolean sorted) {
    this.sorted = sorted;
  }

  String emit(ConfigNode node) {
    if (node.isMapping() && !node.keys().isEmpty()) {
      mapping(node, 0);
    } else {
      value(node, 0);
    }
    return out.toString();
  }

  private Set<Map.Entry<String, ConfigNode>> entries(ConfigNode node) {
    return (sorted ? new TreeMap<>(node.entries()) : node.entries()).entrySet();
  }

  private void mapping(ConfigNode node, int indent) {
    for (Map.Entry<String, ConfigNode> entry : entries(node)) {
      out.append(" ".repeat(indent)).append(scalar(entry.getKey(), false)).append(':');
      child(entry.getValue(), indent);
    }
  }

  private void child(ConfigNode value, int indent) {
    if (value.isMapping() && !value.keys().isEmpty()) {
      out.append('\n');
      mapping(value, indent + 2);
    } else {
      out.append(' ');
      value(value, indent);
    }
  }

  private void value(ConfigNode node, int indent) {
    if (node.isSequence() && !node.items().stream().allMatch(ConfigNode::isScalar)) {
      blockList(node.items(), indent);
      return;
    }
    out.append(flow(node)).append('\n');
  }

  private void blockList(List<ConfigNode> items, int indent) {
    if (out.length() > 0) {
      out.setLength(out.length() - 1);
      out.append('\n');
    }
    for (ConfigNode item : items) {
      out.append(" ".repeat(indent + 2)).append("- ").append(inline(item)).append('\n');
    }
  }

  private String inline(ConfigNode node) {
    if (node.isMapping()) {
      return "{"
          + String.join(
              ", ",
              entries(node).stream()
                  .map(e -> scalar(e.getKey(), false) + ": " + inline(e.getValue()))
                  .toList())
          + "}";
    }
    return node.isSequence() ? list(node) : flow(node);
  }

  private String list(ConfigNode node) {
    return "[" + String.join(", ", node.items().stream().map(this::inline).toList()) + "]";
  }

  private String flow(ConfigNode node) {
    if (node.isSequence() || node.isMapping()) {
      return inline(node);
    }
    if (node.isNull()) {
      return "null";
    }
    return scalar(node.rawText(), node.isPlain());
  }

  private static String scalar(String text, boolean plain) {
    boolean safe = PLAIN.matcher(text).matches();
    if (safe && (plain || !AMBIGUOUS.matcher(text).matches())) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c < ' ' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
      }
    }
    return quoted.append('"').toString();
  }
}
