package org.latticelift.bench.command;

import java.util.List;
import org.latticelift.app.cli.CommandProvider;

/** The commands of this module. */
public final class MeasuringCommands implements CommandProvider {
  /** For {@code ServiceLoader}. */
  public MeasuringCommands() {}

  @Override
  public List<Object> commands() {
    return List.of(new BenchCommand(), new ScaleCommand(), new CoverageCommand());
  }
}
