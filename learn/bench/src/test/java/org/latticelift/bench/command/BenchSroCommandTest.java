package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command for a moment; whether the numbers are good is for a quiet machine. */
class BenchSroCommandTest extends BenchCommandContract {
  BenchSroCommandTest() {
    super("sro");
  }

  @Test
  void printsAndWritesTheSpeed() throws IOException {
    Path json = folder.resolve("speed.json");
    assertThat(bench("--sizes=1024,8192", "--seconds=0.02", "--json=" + json)).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("GB/s", "plain twin");
    JsonObject result = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(result.get("bytesPerSecondOfMemory").getAsDouble()).isPositive();
    JsonObject speed = result.getAsJsonArray("speed").get(1).getAsJsonObject();
    assertThat(speed.get("sites").getAsLong()).isEqualTo(8192);
    assertThat(speed.get("sitesPerSecond").getAsDouble()).isPositive();
    assertThat(speed.get("plainSitesPerSecond").getAsDouble()).isPositive();
  }

  @Test
  void aSizeThatIsNoCubeIsRefused() {
    assertThat(bench("--sizes=1000")).isEqualTo(64);
    assertThat(err.toString()).contains("1000 sites", "2 n^3").hasLineCount(1);
  }
}
