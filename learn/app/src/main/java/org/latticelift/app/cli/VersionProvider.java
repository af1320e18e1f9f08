package org.latticelift.app.cli;

import org.latticelift.io.run.directory.ProductVersion;
import picocli.CommandLine.IVersionProvider;

/** The version of the build and the commit of its sources, as files of results name them. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "LatticeLift " + ProductVersion.version() + ", commit " + ProductVersion.commit(),
      "Java " + Runtime.version()
    };
  }
}
