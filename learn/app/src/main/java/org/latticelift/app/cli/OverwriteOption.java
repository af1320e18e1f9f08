package org.latticelift.app.cli;

import picocli.CommandLine.Option;

/** Whether files that are there may be replaced. */
final class OverwriteOption {
  @Option(names = "--overwrite", description = "Replace existing files.")
  private boolean given;

  boolean given() {
    return given;
  }
}
