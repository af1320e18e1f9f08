package org.latticelift.io.run.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Version and commit of this product. */
public final class ProductVersion {
  private static final String UNKNOWN = "unknown";

  private ProductVersion() {}

  /**
   * The version of the build.
   *
   * @return for example {@code 0.2.0}; {@code unknown} for classes that Maven has not built
   */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = ProductVersion.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
      return version(properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Maven replaces a word of the file by the version; what only copies the file leaves the word.
   */
  static String version(Properties properties) {
    String version = properties.getProperty("version", UNKNOWN);
    return version.contains("${") ? UNKNOWN : version;
  }

  /**
   * The commit of the sources, which the launcher passes as {@code latticelift.commit}.
   *
   * @return the commit, or {@code unknown}
   */
  public static String commit() {
    return System.getProperty("latticelift.commit", UNKNOWN);
  }
}
