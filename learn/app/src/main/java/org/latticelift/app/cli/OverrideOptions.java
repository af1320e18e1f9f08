package org.latticelift.app.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Values that take the place of those of a configuration; a mixin of commands that read one. */
public final class OverrideOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY.PATH=VALUE",
      description = "Overrides one value of the configuration; may be given several times.")
  private List<String> values = new ArrayList<>();

  /** None are given yet. */
  public OverrideOptions() {}

  /**
   * What was given.
   *
   * @return {@code key.path=value} each, in the order given
   */
  public List<String> values() {
    return List.copyOf(values);
  }
}
