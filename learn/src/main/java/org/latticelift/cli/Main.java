package org.latticelift.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;

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
    Charset charset = Charset.defaultCharset();
    PrintWriter out = new PrintWriter(System.out, true, charset);
    PrintWriter err = new PrintWriter(System.err, true, charset);
    int code = CommandLines.execute(CommandLines.create(new LatticeLift(), out, err), args);
    out.flush();
    err.flush();
    System.exit(code);
  }
}
