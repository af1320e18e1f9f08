package org.latticelift.app.cli;

import picocli.CommandLine.Option;

/** Whether progress is shown. */
final class QuietOption {
  @Option(names = "--quiet", description = "No progress, only results and errors.")
  private boolean given;

  boolean given() {
    return given;
  }
}
