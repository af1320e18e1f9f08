package org.latticelift.sim.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A short commented configuration to start from: a resource beside the class of a provider. */
final class ConfigurationTemplate {
  private static final String SINGLE = "template";

  private ConfigurationTemplate() {}

  /** The text of {@code NAME.yaml} or {@code template.yaml} in the package of a class. */
  static Optional<String> beside(Class<?> type, String name) {
    return read(type, name).or(() -> read(type, SINGLE));
  }

  private static Optional<String> read(Class<?> type, String name) {
    try (InputStream in = type.getResourceAsStream(name + ".yaml")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
