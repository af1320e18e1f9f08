package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.ProcessContext;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.parallel.tasks.Ranks;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class BenchAllCommandTest {
  @TempDir Path folder;

  @Command(
      name = "bench",
      subcommands = {BenchAllCommand.class, Quick.class, Broken.class, Weighted.class})
  private static final class Parent implements Runnable {
    @Override
    public void run() {}
  }

  /** A process that works alone. */
  @Command(name = "latticelift")
  private static final class Root implements ProcessContext {
    @Override
    public Ranks ranks() {
      return new Ranks(LocalRanks.single(), StopSignal.installed());
    }

    @Override
    public boolean debug() {
      return false;
    }
  }

  @Command(name = "quick")
  static final class Quick extends BenchmarkCommand {
    @Option(names = "--repeats", defaultValue = "3")
    private int repeats;

    @Override
    protected Object measure() {
      print("measured %d times", repeats);
      return Map.of("repeats", repeats);
    }
  }

  @Command(name = "broken")
  static final class Broken extends BenchmarkCommand {
    @Override
    protected Object measure() {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE, "no engine", "here", "an engine", "Install it");
    }
  }

  @Command(name = "weighted")
  static final class Weighted extends BenchmarkCommand {
    @Option(names = "--weights")
    private Path weights;

    @Override
    protected Object measure() {
      return Map.of("weights", String.valueOf(weights));
    }
  }

  @Test
  void runsEveryOtherBenchmarkWithItsDefaults() throws IOException {
    StringWriter out = new StringWriter();
    Path json = folder.resolve("all.json");
    CommandLine root = new CommandLine(new Root());
    root.addSubcommand("bench", new Parent()).setOut(new PrintWriter(out));
    assertThat(root.execute("bench", "all", "--json", json.toString(), "--weights", "w.h5"))
        .isZero();
    assertThat(out.toString())
        .contains("--- quick", "measured 3 times", "broken: NOT MEASURED, no engine");
    JsonObject all = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(all.keySet()).containsExactly("quick", "broken", "weighted");
    assertThat(all.getAsJsonObject("quick").get("repeats").getAsInt()).isEqualTo(3);
    assertThat(all.getAsJsonObject("broken").get("notMeasured").getAsString())
        .contains("no engine");
    assertThat(all.getAsJsonObject("weighted").get("weights").getAsString()).isEqualTo("w.h5");
  }
}
