package org.latticelift.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.latticelift.app.cli.TinyRun.Outcome;
import picocli.CommandLine;

/**
 * A command line for thousands of commands in one process: to build its model takes longer than
 * most of them do. For one thread at a time.
 */
public final class ReusedLine {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine line =
      CommandLines.create(
          new LatticeLift(), new PrintWriter(out, true), new PrintWriter(err, true));

  /** Builds the model. */
  public ReusedLine() {}

  /**
   * Runs a command.
   *
   * @param args the command line
   * @return what it left
   */
  public Outcome run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    int code = CommandLines.execute(line, args);
    return new Outcome(code, out.toString(), err.toString());
  }
}
