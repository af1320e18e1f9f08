package org.latticelift.app.cli;

import org.latticelift.sim.parallel.tasks.Ranks;
import picocli.CommandLine.Model.CommandSpec;

/** What a command knows of the process it runs in. */
public interface ProcessContext {
  static ProcessContext of(CommandSpec spec) {
    return (ProcessContext) spec.root().userObject();
  }

  /** The ranks that run this command together, often one. */
  Ranks ranks();

  /** Whether stack traces are wanted; option {@code --debug}. */
  boolean debug();
}
