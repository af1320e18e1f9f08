package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command at a tiny size; whether the numbers are good is for a quiet machine. */
class BenchEnsembleCommandTest extends BenchCommandContract {
  BenchEnsembleCommandTest() {
    super("ensemble");
  }

  @Test
  @Tag("pipeline")
  void printsAndWritesBothNetworks() throws IOException {
    Path json = folder.resolve("speed.json");
    assertThat(bench("--trajectories=3", "--seconds=0.001", "--json=" + json)).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("plain d=4", "onsager d=6", "GFLOP/s of a peak of");
    JsonObject result = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(result.getAsJsonArray("peakFlops")).hasSize(2);
    JsonObject plain = result.getAsJsonArray("speed").get(0).getAsJsonObject();
    assertThat(plain.get("operations").getAsLong()).isEqualTo(2 * (8704 + 9472 + 16 + 4));
    assertThat(plain.get("stepsPerSecond").getAsDouble()).isPositive();
    assertThat(plain.get("stageStepsPerSecond").getAsDouble()).isPositive();
    JsonObject onsager = result.getAsJsonArray("speed").get(1).getAsJsonObject();
    assertThat(onsager.get("operations").getAsLong()).isEqualTo(2 * (4316 + 6784 + 36 + 6));
  }

  @Test
  void noTrajectoriesAreRefused() {
    assertThat(bench("--trajectories=0")).isEqualTo(64);
    assertThat(err.toString()).contains("0 trajectories").hasLineCount(1);
  }
}
