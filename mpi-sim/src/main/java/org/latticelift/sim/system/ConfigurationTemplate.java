package org.latticelift.sim.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A short commented configuration to start from: a resource beside the class of a provider. */
final class ConfigurationTemplate {
  private static final String NAME = "template.yaml";

  private ConfigurationTemplate() {}

  /** The text of {@code template.yaml} in the package of a class; empty without that file. */
  static Optional<String> beside(Class<?> type) {
    try (InputStream in = type.getResourceAsStream(NAME)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
