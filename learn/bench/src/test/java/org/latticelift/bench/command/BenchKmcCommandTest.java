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
class BenchKmcCommandTest extends BenchCommandContract {
  BenchKmcCommandTest() {
    super("kmc");
  }

  @Test
  void printsAndWritesSpeedAndMemory() throws IOException {
    Path json = folder.resolve("speed.json");
    assertThat(
            bench(
                "--sizes=1024,8192",
                "--models=small",
                "--temperatures=2000",
                "--seconds=0.05",
                "--json=" + json,
                "--cache-mib=4"))
        .isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("GFLOP/s of a peak of", "bytes per site", "small");
    JsonObject result = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(result.getAsJsonArray("speed")).hasSize(4);
    JsonObject cached = result.getAsJsonArray("speed").get(3).getAsJsonObject();
    assertThat(cached.get("sites").getAsLong()).isEqualTo(8192);
    assertThat(cached.get("vacancies").getAsInt()).isEqualTo(8);
    assertThat(cached.get("jumpsPerSecond").getAsDouble()).isPositive();
    assertThat(cached.get("hitRate").getAsDouble()).isBetween(0.05, 0.95);
  }

  @Tag("pipeline")
  @Test
  void annealsBelow2000Kelvin() {
    assertThat(
            bench(
                "--sizes=1024",
                "--models=small",
                "--temperatures=1900",
                "--cache=on",
                "--seconds=0.05"))
        .isZero();
    assertThat(out.toString()).contains("1024  1900  on").doesNotContain("off");
    assertThat(bench("--cache=perhaps", "--models=small")).isEqualTo(64);
    assertThat(err.toString()).contains("--cache perhaps").hasLineCount(1);
  }

  /** The lattice itself, at most 1.1 bytes per site; arrays have heads, so not at 1024 sites. */
  @Test
  void aSiteCostsOneByte() {
    for (int cells : new int[] {16, 32, 64}) {
      var memory =
          org.latticelift.bench.speed.LatticeMemory.measure(
              org.latticelift.sim.vacancy.crystal.Crystal.bcc(), cells);
      assertThat(memory.bytesPerSite()).isBetween(1.0, 1.1);
      assertThat(memory.sharedBytes()).isLessThan(2_200_000);
    }
  }

  @Test
  void thePublishedNetworkNeedsAnOptionThatSaysWhereItIs() {
    assertThat(bench("--models=published")).isEqualTo(64);
    assertThat(err.toString()).contains("--weights FILE", "latticelift.barriers").hasLineCount(1);
    assertThat(bench("--models=published", "--weights=" + folder.resolve("no.h5"))).isEqualTo(66);
    assertThat(bench("--models=medium")).isEqualTo(64);
  }

  @Test
  void aSizeThatIsNoCubeIsRefused() {
    assertThat(bench("--sizes=1000")).isEqualTo(64);
    assertThat(err.toString()).contains("1000 sites", "2 n^3").hasLineCount(1);
  }
}
