package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command with one state; whether the numbers are good is for a quiet machine. */
class BenchFlickerCommandTest extends BenchCommandContract {
  BenchFlickerCommandTest() {
    super("flicker");
  }

  @Test
  @Tag("pipeline")
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
