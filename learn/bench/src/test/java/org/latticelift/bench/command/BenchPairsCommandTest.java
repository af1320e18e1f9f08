package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command for a moment; whether the numbers are good is for a quiet machine. */
class BenchPairsCommandTest extends BenchCommandContract {
  BenchPairsCommandTest() {
    super("pairs");
  }

  @Tag("pipeline")
  @Test
  void printsAndWritesTheSpeed() throws IOException {
    Path json = folder.resolve("speed.json");
    assertThat(bench("--cases=small", "--seconds=0.05", "--json=" + json)).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("default, small", "pairs/s");
    JsonObject result = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    JsonObject speed = result.getAsJsonArray("speed").get(0).getAsJsonObject();
    assertThat(speed.get("sites").getAsLong()).isEqualTo(8192);
    assertThat(speed.get("pairsPerSecond").getAsDouble()).isPositive();
    assertThat(speed.get("evolveMicros").getAsDouble()).isPositive();
    assertThat(speed.get("eventsPerPair").getAsDouble()).isBetween(80.0, 200.0);
  }

  @Test
  void aSizeThatCannotBeReachedIsRefused() {
    assertThat(bench("--cells=12")).isEqualTo(64);
    assertThat(err.toString()).contains("12 cells", "16, 24, 32").hasLineCount(1);
    assertThat(bench("--cases=medium")).isEqualTo(64);
    assertThat(bench("--cases=authors")).isEqualTo(64);
  }
}
