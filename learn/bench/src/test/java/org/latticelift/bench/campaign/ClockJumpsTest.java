package org.latticelift.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.io.run.stage.WallTimes;

/**
 * Runs while the machine's clock jumps by up to 30 years, many times a second, forwards and
 * backwards, as libfaketime makes a process see it; every second one is killed and gone on with.
 * Results have the same bits and stages the time that they took. {@code -Dcampaign.cases=N} runs of
 * each system.
 */
@Tag("campaign")
@EnabledIfSystemProperty(named = "campaign.cases", matches = "\\d+")
class ClockJumpsTest {
  private static final Path LIBRARY =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  private static final int LIMIT_SECONDS = 180;
  private static final long MOST_SECONDS = 1_000_000_000;

  private final CampaignRecord record = CampaignRecord.open();

  @TempDir private Path folder;

  private int jumps;

  static Stream<SmallRun> runs() {
    return SmallRun.chosen();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void bitsAndDurationsAreThoseOfSteadyClocks(SmallRun run) throws Exception {
    assumeTrue(Files.exists(LIBRARY), "libfaketime is not installed (Debian: faketime)");
    Path config = run.write(folder);
    Path whole = run.undisturbed(config, folder.resolve("whole"));
    for (int number : record.open("CLOCKS", run.name(), CampaignRecord.wanted(0)).toArray()) {
      long start = System.nanoTime();
      SplittableRandom random = new SplittableRandom(31L * number + run.name().hashCode());
      Path out = folder.resolve("jumps" + number);
      jumps = 0;
      if (number % 2 == 1) {
        go(config, out, random, random.nextInt(4000));
      }
      List<String> findings = new ArrayList<>();
      int code = go(config, out, random, 1000 * LIMIT_SECONDS);
      double seconds = 1e-9 * (System.nanoTime() - start);
      if (code == 0) {
        findings.addAll(SmallRun.differences(whole, out));
        WallTimes.read(out).stream()
            .filter(time -> time.seconds() < 0 || time.seconds() > seconds)
            .forEach(time -> findings.add(time + " of " + seconds + " s"));
      } else {
        findings.add("code " + code);
      }
      findings.forEach(what -> record.tell("CLOCKS " + run.name() + " " + number + ": " + what));
      record.add("CLOCKS", run.name(), 1, findings.size(), seconds);
      record.add("CLOCKS-jumps", run.name(), jumps, 0, 0);
      assertThat(findings).as("%s, run %d, %d jumps", run.name(), number, jumps).isEmpty();
      assertThat(jumps).isGreaterThan(1);
      Subject.clear(out);
    }
  }

  /** Runs or goes on for some time at most; the exit code. */
  private int go(Path config, Path out, SplittableRandom random, long millis) throws Exception {
    Path clock = folder.resolve("clock");
    set(clock, random);
    ProcessBuilder builder = KilledStatesTest.java(SmallRun.resume(config, out, 2));
    builder.environment().put("LD_PRELOAD", LIBRARY.toString());
    builder.environment().put("FAKETIME_TIMESTAMP_FILE", clock.toString());
    builder.environment().put("FAKETIME_NO_CACHE", "1");
    builder.environment().put("DONT_FAKE_MONOTONIC", "1"); // which does not jump elsewhere either
    Process process = builder.start();
    long start = System.nanoTime();
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      set(clock, random);
      jumps++;
      if (System.nanoTime() - start > 1_000_000 * millis) {
        process.destroyForcibly().waitFor();
      }
    }
    return process.exitValue();
  }

  private static void set(Path clock, SplittableRandom random) throws IOException {
    long seconds = random.nextLong(-MOST_SECONDS, MOST_SECONDS);
    Path beside = clock.resolveSibling("clock.new");
    Files.writeString(beside, String.format(Locale.ROOT, "%+d%n", seconds));
    Files.move(beside, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
