package org.latticelift.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latticelift.error.ExitCode;
import org.latticelift.error.LatticeLiftException;

/** Where a configuration comes from: a file, and overrides of the command line. */
final class ConfigSource {
  private ConfigSource() {}

  /**
   * One value of the command line.
   *
   * @param keyPath keys joined by dots
   * @param yamlValue YAML text
   */
  record Override(String keyPath, String yamlValue) {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw LatticeLiftException.badData(
          "the configuration is not UTF-8 text", file.toString(), "YAML text", "Save it as UTF-8");
    } catch (IOException e) {
      throw new LatticeLiftException(
          ExitCode.MISSING_INPUT,
          "the configuration cannot be read",
          file.toString(),
          "a YAML file",
          "Check the path",
          e);
    }
  }

  static Override override(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new LatticeLiftException(
          ExitCode.USAGE,
          "--set needs a key and a value",
          "--set " + text,
          "key.path=value",
          "Write for example --set train.epochs=10");
    }
    return new Override(text.substring(0, equals).strip(), text.substring(equals + 1));
  }
}
