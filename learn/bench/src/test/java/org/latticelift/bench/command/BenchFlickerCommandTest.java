package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.CommandLines;

/** The command with one state; whether the numbers are good is for a quiet machine. */
class BenchFlickerCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int bench(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "bench";
    args[1] = "flicker";
    System.arraycopy(options, 0, args, 2, options.length);
    return CommandLines.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  @Tag("slow")
  void printsAndWritesTheGain() throws IOException {
    Path json = folder.resolve("gain.json");
    assertThat(bench("--seeds=1", "--models=small", "--seconds=0.01", "--json=" + json)).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("jumps/passage", "small");
    JsonArray result = JsonParser.parseString(Files.readString(json)).getAsJsonArray();
    assertThat(result).hasSize(3);
    var coldest = result.get(2).getAsJsonObject();
    assertThat(coldest.get("temperatureK").getAsDouble()).isEqualTo(300);
    assertThat(coldest.get("ratio").getAsDouble()).isPositive();
    assertThat(coldest.get("resolvedShare").getAsDouble()).isBetween(0.5, 1.0);
  }

  @Test
  void aBasinOfManyStatesIsRefused() {
    assertThat(bench("--states=65")).isEqualTo(64);
    assertThat(err.toString()).contains("65 states", "2 to 64").hasLineCount(1);
  }
}
