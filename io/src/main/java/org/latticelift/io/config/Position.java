package org.latticelift.io.config;

import java.nio.file.Path;

/**
 * Where a node comes from.
 *
 * @param text source and line for messages, such as {@code quickstart.yaml:12}
 * @param folder to which its relative paths are relative
 */
record Position(String text, Path folder) {
  /** Of text that stands in no file. */
  static Position here(String text) {
    return new Position(text, Path.of("").toAbsolutePath());
  }
}
