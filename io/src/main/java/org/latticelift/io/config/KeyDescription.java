package org.latticelift.io.config;

import java.util.Optional;

/**
 * One configuration key, for help texts and reference pages.
 *
 * @param path with dots, such as {@code sde.drift.type}
 * @param kind what values are, with their range or choices
 * @param defaultYaml the default as YAML; empty without one
 * @param optional whether the key may be left out although it has no default
 * @param doc meaning; empty if it has none
 */
public record KeyDescription(
    String path, String kind, Optional<String> defaultYaml, boolean optional, String doc) {
  /**
   * The last part of the path.
   *
   * @return the key within its section
   */
  public String key() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /**
   * The first part of the path.
   *
   * @return the top-level key
   */
  public String section() {
    return path.split("\\.", 2)[0];
  }

  /**
   * How deep the key lies.
   *
   * @return 0 for top-level keys
   */
  public int depth() {
    return (int) path.chars().filter(c -> c == '.').count();
  }

  /**
   * The same key with another default.
   *
   * @return a copy
   */
  public KeyDescription withDefault(String yaml) {
    return new KeyDescription(path, kind, Optional.of(yaml), optional, doc);
  }

  /**
   * A line of help, indented by depth.
   *
   * @return key, values, default, meaning
   */
  public String line() {
    String missing = optional ? "optional" : "required";
    String given = defaultYaml.map(yaml -> "default " + yaml).orElse(missing);
    String meaning = doc.isEmpty() ? "" : "  " + doc;
    return String.format("%-28s", "  ".repeat(depth()) + key())
        + ' '
        + kind
        + ", "
        + given
        + meaning;
  }
}
