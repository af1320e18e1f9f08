package org.latticelift.io.run.progress;

import java.io.Console;
import java.io.PrintStream;
import org.latticelift.io.run.progress.ShownProgress.BarProgress;
import org.latticelift.io.run.progress.ShownProgress.LineProgress;
import org.latticelift.io.run.progress.ShownProgress.QuietProgress;

/** Starts the display of a piece of work. */
@FunctionalInterface
public interface ProgressFactory {
  /**
   * Starts a display ({@code label}: what is done, such as {@code simulate T2000}; {@code total}:
   * number of units); the display; the caller closes it.
   */
  Progress start(String label, long total);

  static ProgressFactory quiet() {
    return (label, total) -> QuietProgress.INSTANCE;
  }

  /** At most one line in ten seconds, and one line at the end ({@code out}: where lines go). */
  static ProgressFactory lines(PrintStream out) {
    return (label, total) -> new LineProgress(label, total, out, System::nanoTime);
  }

  static ProgressFactory bar(PrintStream out) {
    return (label, total) -> new BarProgress(label, total, out);
  }

  /**
   * The display that fits: a bar if this process has a terminal and {@code TERM} is set, else
   * lines; both on standard error ({@code quiet}: whether to show nothing).
   */
  static ProgressFactory standard(boolean quiet) {
    if (quiet) {
      return quiet();
    }
    return onTerminal() ? bar(System.err) : lines(System.err);
  }

  private static boolean onTerminal() {
    Console console = System.console();
    String terminal = System.getenv("TERM");
    if (console == null || terminal == null || terminal.equals("dumb")) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      // Before JDK 22 the method does not exist, and a console is always a terminal.
      return true;
    }
  }
}
