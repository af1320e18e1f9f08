package org.latticelift.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The product's version, written into a resource by the build, and the commit, which the launcher
 * passes.
 */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "LatticeLift " + version() + ", commit " + commit(), "Java " + Runtime.version()
    };
  }

  /** Such as {@code 0.2.0-SNAPSHOT}. */
  static String version() throws IOException {
    try (InputStream in = VersionProvider.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }

  /** The commit of the sources, or {@code unknown} when not started by the launcher. */
  static String commit() {
    return System.getProperty("latticelift.commit", "unknown");
  }
}
