package org.latticelift.io.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Where a configuration comes from: a file, and overrides of the command line. */
final class ConfigSource {
  /** So much of a key that is too long is shown. */
  private static final int SHOWN = 40;

  private ConfigSource() {}

  /**
   * One value of the command line.
   *
   * @param keyPath keys joined by dots
   * @param yamlValue YAML text
   */
  record Override(String keyPath, String yamlValue) {
    /** Whether the value is nothing, so that the key is left out. */
    boolean drops() {
      return new YamlComposer(Position.here("--set")).value(yamlValue, keyPath).isNull();
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw LatticeLiftException.badData(
          "the configuration is not UTF-8 text", file.toString(), "YAML text", "Save it as UTF-8");
    } catch (IOException e) {
      throw new LatticeLiftException(
          ExitCode.MISSING_INPUT,
          Files.isDirectory(file)
              ? "the configuration is a folder"
              : Files.exists(file)
                  ? "the configuration cannot be read"
                  : "there is no such configuration",
          file.toString(),
          "a YAML file",
          "Check the path",
          e);
    }
  }

  static Override override(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw mistake("--set needs a key and a value", text, "key.path=value");
    }
    String keyPath = text.substring(0, equals).strip();
    if (keyPath.chars().filter(c -> c == '.').count() >= YamlComposer.MAX_DEPTH) {
      throw mistake(
          "--set with a key of too many parts",
          text.substring(0, SHOWN) + "...",
          "at most " + YamlComposer.MAX_DEPTH + " joined by dots");
    }
    return new Override(keyPath, text.substring(equals + 1));
  }

  private static LatticeLiftException mistake(String what, String text, String allowed) {
    return new LatticeLiftException(
        ExitCode.USAGE, what, "--set " + text, allowed, "Write for example --set train.epochs=10");
  }
}
