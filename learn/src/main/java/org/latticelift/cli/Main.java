package org.latticelift.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The entry point: runs one command and ends the process with its exit code. It is the only class
 * that ends the process.
 */
public final class Main {
  private Main() {}

  /**
   * Runs one command and exits.
   *
   * @param args the command line, without the program's name
   */
  public static void main(String[] args) {
    WatchedOutput stdout = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(stdout, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(stdout, out, err, args));
  }

  /** Runs one command; results that did not reach stdout are an error, not a loss. */
  static int run(WatchedOutput stdout, PrintWriter out, PrintWriter err, String... args) {
    LatticeLift root = new LatticeLift();
    int code = CommandLines.execute(CommandLines.create(root, out, err), args);
    out.flush();
    err.flush();
    return code == 0 && stdout.failure().isPresent()
        ? CommandLines.report(root, stdout.failure().get(), err)
        : code;
  }
}
