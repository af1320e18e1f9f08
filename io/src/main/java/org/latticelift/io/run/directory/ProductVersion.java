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
   * @return for example {@code 0.2.0}
   */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = ProductVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        return UNKNOWN;
      }
      properties.load(in);
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
