package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.latticelift.app.cli.CommandLines;

class MeasuringCommandsTest {
  /** Found by ServiceLoader: the command line of this module does not name them. */
  @Test
  void theProgramFindsTheCommandsOfThisModule() {
    StringWriter out = new StringWriter();
    PrintWriter help = new PrintWriter(out, true);
    assertThat(CommandLines.run(help, help, "help")).isZero();
    for (String name : new String[] {"scale", "bench all", "bench flicker", "bench ising"}) {
      assertThat(out.toString()).contains("\n  " + name + " ");
    }
  }
}
