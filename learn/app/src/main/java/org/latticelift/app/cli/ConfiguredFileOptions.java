package org.latticelift.app.cli;

import java.nio.file.Path;
import org.latticelift.app.cli.StateFileCommand.OverwriteOption;
import org.latticelift.app.pipeline.ResolvedConfiguration;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A configuration of its own kind that becomes a file, by default one of its name here. */
final class ConfiguredFileOptions {
  @Parameters(paramLabel = "CONFIG", description = "The configuration (YAML).")
  private Path file;

  @Mixin private OverrideOptions overrides;
  @Mixin private OverwriteOption overwrite;

  /** The configuration as a record. */
  <T extends Record> T read(Class<T> type) {
    return Binder.bind(ConfigNode.load(file, overrides.values()), type);
  }

  /** Where to: what was asked for, else the configuration's name with an ending such as .csv. */
  Path target(Path asked, String ending) {
    return asked != null ? asked : Path.of(ResolvedConfiguration.name(file) + ending);
  }

  boolean overwrite() {
    return overwrite.given();
  }
}
