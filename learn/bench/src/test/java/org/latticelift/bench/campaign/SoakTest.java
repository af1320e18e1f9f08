package org.latticelift.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.Main;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * Runs that take long have as much memory at their end as soon after their start: what lives on the
 * heap after a collection, and all that the process holds (a heap of one size, touched before).
 * {@code -Dcampaign.soak=jumps:1000000000,epochs:1000}: how long; {@code djl} in place of {@code
 * epochs} trains with that engine.
 */
@Tag("campaign")
@EnabledIfSystemProperty(named = "campaign.soak", matches = ".+")
class SoakTest {
  private static final long SECONDS_BETWEEN = Long.getLong("campaign.soakSeconds", 2);
  private static final int LEAST_SAMPLES = 12;
  private static final long MEGA = 1 << 20;

  /** Growth that is none: tables that grow by doubling, and code that is compiled late. */
  private static final double MOST_LIVE = 4;

  private static final double MOST_RESIDENT = 16;

  private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");

  /** Those of the lattice below; events are given for each. */
  private static final int VACANCIES = 4;

  private static final String JUMPS =
      """
      system: alloy
      conditions: {temperature_K: [600]}
      lattice: {small: 16, large: 16, vacancy_concentration: 0.0005}
      barrier: {model: compact}
      kinetics: {acceleration: none}
      direct: {runs: 1, records: 1000, sampling: events, duration: {events: PART}}
      checkpoint: {every_seconds: 5}
      """;

  private static final String EPOCHS =
      """
      system: ising
      conditions: {temperature: [2.5, 3]}
      lattice: {small: 4, large: 8}
      simulate: {runs: 4, records: 100, duration: {events: 4000}}
      evolve: {samples: 4000}
      train: {epochs: NUMBER, models: 1, batch: 64, engine: ENGINE}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}}
      """;

  @TempDir private Path folder;

  /**
   * What the process holds.
   *
   * @param live on the heap after a collection, MiB
   * @param resident of the whole process, MiB
   */
  record Sample(double live, double resident) {}

  static Stream<String> what() {
    return Arrays.stream(System.getProperty("campaign.soak").split(","));
  }

  @ParameterizedTest
  @MethodSource("what")
  void memoryIsFlat(String what) throws Exception {
    String name = what.substring(0, what.indexOf(':'));
    String number = what.substring(name.length() + 1);
    boolean jumps = name.equals("jumps");
    String engine = name.equals("djl") ? "djl" : "java";
    String part = "" + Long.parseLong(number) / VACANCIES;
    String text =
        jumps
            ? JUMPS.replace("PART", part)
            : EPOCHS.replace("NUMBER", number).replace("ENGINE", engine);
    Path config = Files.writeString(folder.resolve("soak.yaml"), text);
    Path out = folder.resolve("out");
    if (!jumps) {
      for (String stage : List.of("simulate", "lift")) {
        assertThat(start(stage, config, out).waitFor()).isZero();
      }
    }
    long start = System.nanoTime();
    List<Sample> samples = watch(start(jumps ? "kmc" : "train", config, out));
    double seconds = 1e-9 * (System.nanoTime() - start);
    System.out.printf("%s, %.0f s, %d samples: %s%n", what, seconds, samples.size(), few(samples));
    if (jumps) {
      try (Hdf5Reader reader = Hdf5Reader.open(out.resolve("trajectory.h5"))) {
        long[] all = reader.longs("/T600/run0/jumps");
        System.out.printf("jumps: %d%n", all[all.length - 1]);
      }
    }
    assertThat(samples).hasSizeGreaterThan(LEAST_SAMPLES);
    Sample early = median(samples, 0.2, 0.4);
    Sample late = median(samples, 0.8, 1);
    assertThat(late.live() - early.live()).as(few(samples)).isLessThan(MOST_LIVE);
    assertThat(late.resident() - early.resident()).as(few(samples)).isLessThan(MOST_RESIDENT);
  }

  private Process start(String stage, Path config, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    for (String property : List.of("ai.djl.offline", "latticelift.engine")) {
      if (System.getProperty(property) != null) {
        command.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(stage, "" + config, "--out", "" + out, "--resume", "--threads", "1"));
    command.add("--quiet");
    Path text = folder.resolve(stage + ".txt");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(text.toFile())
        .start();
  }

  private static List<Sample> watch(Process process) throws Exception {
    List<Sample> samples = new ArrayList<>();
    while (!process.waitFor(SECONDS_BETWEEN, TimeUnit.SECONDS)) {
      double live = number(LIVE, histogram(process));
      Path status = Path.of("/proc", "" + process.pid(), "status");
      double resident = process.isAlive() ? number(RESIDENT, Files.readString(status)) : 0;
      if (live > 0 && resident > 0) {
        samples.add(new Sample(live / MEGA, 1024 * resident / MEGA));
      }
    }
    assertThat(process.exitValue()).isZero();
    return samples;
  }

  private static double number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  /** What lives, after a collection. */
  private static String histogram(Process process) throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked =
        new ProcessBuilder(jcmd, "" + process.pid(), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(asked.getInputStream().readAllBytes());
    asked.waitFor();
    return text;
  }

  private static Sample median(List<Sample> samples, double from, double to) {
    List<Sample> part = samples.subList((int) (from * samples.size()), (int) (to * samples.size()));
    return new Sample(
        part.stream().mapToDouble(Sample::live).sorted().toArray()[part.size() / 2],
        part.stream().mapToDouble(Sample::resident).sorted().toArray()[part.size() / 2]);
  }

  private static String few(List<Sample> samples) {
    StringBuilder text = new StringBuilder("live/resident MiB");
    for (int i = 0; i < 10; i++) {
      Sample sample = samples.get(i * (samples.size() - 1) / 9);
      text.append(String.format(" %.1f/%.1f", sample.live(), sample.resident()));
    }
    return text.toString();
  }
}
