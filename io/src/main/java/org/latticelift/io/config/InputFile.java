package org.latticelift.io.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  /** By path, size and time of change. */
  private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

  /** Reads a path ({@code node}: a scalar); the file, which need not exist. */
  public static InputFile fromConfig(ConfigNode node) {
    try {
      Path path = node.folder().resolve(node.text()).normalize();
      return new InputFile(node.text(), path, node.path());
    } catch (InvalidPathException e) {
      throw node.wrongType("a path");
    }
  }

  /** A file that no configuration names ({@code path}: as given; kept as it is). */
  public static InputFile of(Path path) {
    return new InputFile(path.toString(), path, "");
  }

  /** The path as it was given; a scalar. */
  public ConfigNode toConfig() {
    return ConfigNode.scalar(text, false, Position.here("resolved"), key).naming(path);
  }

  /**
   * The SHA-256 of what is in a file. A large file is read once as long as its size and its time of
   * change stay. Returns hexadecimal; empty if it cannot be read, which whoever reads it tells.
   */
  public static Optional<String> contentHash(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      String state =
          file.toRealPath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
      String known = HASHES.get(state);
      if (known == null) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        known = HexFormat.of().formatHex(digest.digest());
        HASHES.put(state, known);
      }
      return Optional.of(known);
    } catch (IOException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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
