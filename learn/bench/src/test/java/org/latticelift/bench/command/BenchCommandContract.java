package org.latticelift.bench.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.CommandLines;

/** One command of {@code bench}, with what it prints and writes. */
abstract class BenchCommandContract {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private final String command;

  BenchCommandContract(String command) {
    this.command = command;
  }

  final int bench(String... options) {
    String[] args =
        Stream.concat(Stream.of("bench", command), Stream.of(options)).toArray(String[]::new);
    return CommandLines.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
