package org.latticelift.bench.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that measures: it prints lines as they come and checks its options. */
public abstract class MeasuringCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Returns how picocli describes this command. */
  protected final CommandSpec spec() {
    return spec;
  }

  /** Prints a line at once. */
  protected final void print(String format, Object... values) {
    var out = spec.root().commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /** Throws an error of usage unless a condition holds. */
  protected final void require(boolean holds, String what, String allowed) {
    if (!holds) {
      throw new LatticeLiftException(
          ExitCode.USAGE, what, spec.qualifiedName(), allowed, "Correct the option");
    }
  }

  /** Checks the option {@code --seconds} of a measurement. */
  protected final void requireSeconds(double seconds) {
    require(seconds > 0 && seconds <= 3600, seconds + " s", "--seconds above 0, up to 3600");
  }
}
