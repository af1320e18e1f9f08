package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun;

/** The command at a tiny size; whether the numbers are good is for a quiet machine. */
class BenchTrainCommandTest {
  @TempDir Path folder;

  @Tag("pipeline")
  @Test
  void printsAndWritesBothEngines() throws IOException {
    Path json = folder.resolve("speed.json");
    TinyRun.Outcome outcome =
        TinyRun.run("bench", "train", "--pairs=300", "--batch=128", "--epochs=1", "--json=" + json);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("plain d=4", "onsager d=6", "java is", "% of a peak of");
    JsonObject result = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(result.getAsJsonArray("speed")).hasSize(4);
    assertThat(result.getAsJsonArray("ratio")).hasSize(2);
    JsonObject last = result.getAsJsonArray("speed").get(3).getAsJsonObject();
    assertThat(last.get("engine").getAsString()).startsWith("djl");
    assertThat(last.get("secondsPerEpoch").getAsDouble()).isPositive();
  }

  @Test
  void noPairsAreRefused() {
    assertThat(TinyRun.run("bench", "train", "--pairs=0").code()).isEqualTo(64);
  }
}
