package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command on few sites; whether windows are short enough, many runs show. */
class BenchWindowsCommandTest extends BenchCommandContract {
  BenchWindowsCommandTest() {
    super("windows");
  }

  @Test
  @Tag("slow")
  void printsAndWritesTheDifferences() throws IOException {
    Path json = folder.resolve("bias.json");
    assertThat(
            bench(
                "--runs=3",
                "--sites=8192",
                "--seconds=4",
                "--windows=1,0.5",
                "--model=small",
                "--json=" + json))
        .isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("small, 8192 sites, 600 K", "ordering").hasLineCount(4);
    JsonArray result = JsonParser.parseString(Files.readString(json)).getAsJsonArray();
    assertThat(result).hasSize(2);
    var shorter = result.get(1).getAsJsonObject();
    assertThat(shorter.get("typicalWaits").getAsDouble()).isEqualTo(0.5);
    assertThat(shorter.get("time").getAsDouble()).isBetween(-0.9, 9.0);
    assertThat(shorter.get("orderingError").getAsDouble()).isPositive();
  }

  @Test
  void aSingleRunHasNoErrorAndIsRefused() {
    assertThat(bench("--runs=1")).isEqualTo(64);
    assertThat(err.toString()).contains("--runs 2 or more").hasLineCount(1);
  }
}
