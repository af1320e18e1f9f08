package org.latticelift.io.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.latticelift.io.error.LatticeLiftException;

/**
 * A file to read that a configuration names. A relative path is relative to the folder of the
 * configuration file, on the command line to the working directory.
 *
 * @param text the path as it was given
 * @param path the absolute path
 * @param key the key that names the file; empty where none does
 */
public record InputFile(String text, Path path, String key) {
  /**
   * Reads a path.
   *
   * @param node a scalar
   * @return the file, which need not exist
   */
  public static InputFile fromConfig(ConfigNode node) {
    try {
      Path path = node.folder().resolve(node.text()).normalize();
      return new InputFile(node.text(), path, node.path());
    } catch (InvalidPathException e) {
      throw node.wrongType("a path");
    }
  }

  /**
   * A file that no configuration names.
   *
   * @param path as given; kept as it is
   * @return the file
   */
  public static InputFile of(Path path) {
    return new InputFile(path.toString(), path, "");
  }

  /**
   * The path as it was given.
   *
   * @return a scalar
   */
  public ConfigNode toConfig() {
    return ConfigNode.scalar(text, false, Position.here("resolved"), key);
  }

  /**
   * Reads the file; errors name the key, too.
   *
   * @param reader takes the path
   * @param <T> what is read
   * @return what the reader returns
   */
  public <T> T read(Function<Path, T> reader) {
    try {
      return reader.apply(path);
    } catch (LatticeLiftException e) {
      throw e.under(key);
    }
  }
}
