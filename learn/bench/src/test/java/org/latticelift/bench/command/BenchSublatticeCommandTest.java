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
class BenchSublatticeCommandTest extends BenchCommandContract {
  BenchSublatticeCommandTest() {
    super("sublattice");
  }

  @Test
  @Tag("pipeline")
  void printsAndWritesWhatWindowsChangeWhereFlickerIsResolved() throws IOException {
    Path json = folder.resolve("bias.json");
    assertThat(
            bench(
                "--histories=3",
                "--kelvin=600",
                "--sites=8192",
                "--flicker=4",
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
  void aSingleHistoryHasNoErrorAndIsRefused() {
    assertThat(bench("--flicker=4")).isEqualTo(64);
    assertThat(err.toString()).contains("--histories 2 or more").hasLineCount(1);
  }
}
