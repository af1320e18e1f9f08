package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --dry-run}: what would be stored and held, and what would never end. */
class DryRunTest {
  /** 16 cells: 8192 sites, a byte each. */
  private static final String DIRECT =
      """
      conditions: {temperature_K: [1400, 2000]}
      lattice: {small: 8, large: 16}
      barrier: {model: pairwise}
      simulate: {runs: 1, records: 1, duration: {events: 10}}
      direct: {runs: 3, records: 1, duration: {events: 10}}
      """;

  /** Whose barriers are kept in a cache, as those that are only added up are not. */
  private static final String NETWORK = "barrier.model=small";

  @TempDir private Path folder;

  private String lines(String command, String yaml, String... sets) {
    List<String> args = new ArrayList<>(List.of(command, file(yaml).toString(), "--dry-run"));
    args.addAll(List.of("--out", folder.resolve("run").toString(), "--threads", "2"));
    for (String set : sets) {
      args.addAll(List.of("--set", set));
    }
    TinyRun.Outcome outcome = TinyRun.run(args.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(folder.resolve("run")).doesNotExist();
    return outcome.out();
  }

  private Path file(String yaml) {
    return TinyRun.write(folder.resolve("dry.yaml"), yaml);
  }

  private static String cell(String table, String stage, int column) {
    return table
        .lines()
        .filter(line -> line.startsWith(stage + " "))
        .findFirst()
        .orElseThrow()
        .trim()
        .split(" {2,}")[column];
  }

  /** Six states of 8192 B and, for each run, two records of twenty numbers: 51.1 kB. */
  @Test
  void theLastStatesOfDirectRunsAreCounted() {
    double kilobytes = 6 * (8192 + 4 + 2 * 160) / 1e3;
    assertThat(cell(lines("kmc", DIRECT), "direct", 3))
        .isEqualTo(String.format(java.util.Locale.ROOT, "%.1f kB", kilobytes));
  }

  /** Two caches, and two states of at least a byte per site. */
  @Test
  void memoryIsThatOfTheThreads() {
    String memory = cell(lines("kmc", DIRECT, NETWORK, "barrier.cache_mib=64"), "direct", 4);
    assertThat(memory).endsWith(" MB");
    double megabytes = Double.parseDouble(memory.split(" ")[0]);
    assertThat(megabytes).isBetween(2 * 67.1, 2 * 67.2 + 0.1);
  }

  @Test
  void moreMemoryThanTheHeapIsAWarning() {
    assertThat(lines("kmc", DIRECT, NETWORK, "barrier.cache_mib=65536"))
        .containsPattern("warning: direct needs 137.4 GB, the heap has .*; set LATTICELIFT_HEAP");
    assertThat(lines("kmc", DIRECT)).doesNotContain("warning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct.duration={time_s: 1e9}", "direct.duration={time_s: 1e300}"})
  void aDurationWithoutEndIsAWarningInShortLines(String set) {
    String out = lines("kmc", DIRECT, set);
    assertThat(out).containsPattern("warning: direct takes .* years; check its duration");
    assertThat(out.lines()).allMatch(line -> line.length() < 200);
  }

  /** Estimating a time must not take the memory that it warns of. */
  @Test
  void aTimeIsEstimatedWithoutTheCache() {
    String time = "direct.duration={time_s: 1e-9}";
    assertThat(lines("kmc", DIRECT, NETWORK, time, "barrier.cache_mib=65536"))
        .contains("the heap has");
  }

  @Test
  void aDurationWithoutEventsIsNamed() {
    assertThat(lines("kmc", DIRECT, "direct.duration={time_s: 1e-300}"))
        .contains("less than one between records");
  }

  /** A time is as many events as it takes: within a factor of three of a run of so many. */
  @Test
  void eventsOfATimeAreEstimated() {
    String yaml = DIRECT.replace("[1400, 2000]", "[2000]");
    Path run = folder.resolve("made");
    TinyRun.run("simulate", file(yaml).toString(), "--out", run.toString(), "--quiet");
    double perEvent;
    try (var reader = org.latticelift.io.hdf5.Hdf5Reader.open(run.resolve("snapshots.h5"))) {
      double[] time = reader.doubles("/T2000/time");
      perEvent = time[time.length - 1] / 10;
    }
    String out = lines("kmc", yaml, "direct.duration={time_s: " + perEvent * 1000 + "}");
    double events =
        Double.parseDouble(out.replaceAll("(?s).*x 3 runs, ([0-9.e+]+) events.*", "$1"));
    assertThat(events / (3 * 8 * 1000)).isBetween(1 / 3.0, 3.0);
  }

  @Test
  void hugeNumbersOfStatesDoNotOverflow() {
    String out =
        lines(
            "simulate",
            DIRECT,
            "simulate.runs=100000",
            "simulate.records=10000000",
            "lattice.small=1000",
            "lattice.large=1000");
    assertThat(cell(out, "simulate", 3)).doesNotContain("-").endsWith(" PB");
  }

  /** Pairs of two walls' and spins' numbers, of one patch, of three, and of three with twins. */
  @Test
  void pairsAreOfSoManyPatchesAndBytes() {
    String ising =
        """
        system: ising
        conditions: {temperature: [2.5, 3]}
        lattice: {small: 16, large: 64}
        upsample: {keep: none}
        evolve: {samples: 1000, compensator: off, duration: {mean_events: 256}}
        """;
    for (int patches : new int[] {1, 3}) {
      String out = lines("lift", ising, "evolve.patches=" + patches);
      assertThat(out).contains(patches + " of 16 patches each");
      double bytes = 4 * 2 * 8 + 8 * patches + 3 * 8 + 2 * 4 + 3 * 4;
      assertThat(cell(out, "lift", 3))
          .isEqualTo(String.format(java.util.Locale.ROOT, "%.1f kB", 2000 * bytes / 1e3));
    }
    assertThat(lines("lift", ising, "evolve.patches=all", "evolve.environment=whole"))
        .contains("16 of 16 patches each");
    assertThat(lines("lift", ising, "evolve.patches=auto")).containsPattern("[0-9]+ of 16 patches");
  }

  @Test
  void otherSystemsKnowTheirStepsToo() {
    String ising =
        """
        system: ising
        conditions: {temperature: [2.5]}
        lattice: {small: 16, large: 64}
        direct: {runs: 1, records: 10, duration: {time: 1e300}}
        """;
    assertThat(lines("kmc", ising)).contains("years; check its duration");
  }

  /** Seconds that one thread took: to begin, to step while Java compiles, and to step. */
  @ParameterizedTest
  @CsvSource({"1e-4, 48, 2.3", "0.03, 12, 4.1", "0.1, 48, 17.6"})
  void aPredictionIsEstimatedWithinAFactorOfTwo(String time, int trajectories, double took) {
    String[] words = {
      "predict",
      Path.of("..", "..", "configs", "trained", "alloy-compact.h5").toString(),
      "--schedule={quench: {from: 2000, to: 1000, time_s: " + time + "}}",
      "--set=trajectories=" + trajectories,
      "--out=" + folder.resolve("run"),
      "--dry-run"
    };
    String seconds = cell(TinyRun.run(words).out(), "predict", 2);
    assertThat(Double.parseDouble(seconds.replace(" s", ""))).isBetween(took / 2, took * 2);
  }

  /** Only where the method is planned, of which there are cheaper parts. */
  @Test
  void plansOfTheMethodSayWhatIsCheaper() {
    String run = lines("run", TinyRun.CONFIG);
    assertThat(run)
        .contains("of the small system after its runs (" + cell(run, "simulate", 2) + ")")
        .contains("corrected for its size")
        .contains("direct simulation of as many events");
    assertThat(lines("run", TinyRun.CONFIG, "lattice.measure=tile_mean"))
        .contains("direct simulation of as many events")
        .doesNotContain("corrected for its size");
    assertThat(lines("run", TinyRun.CONFIG, "lattice.small=15", "lattice.large=30"))
        .contains("corrected for its size");
    assertThat(lines("run", TinyRun.CONFIG, "lattice.small=20", "lattice.large=40"))
        .doesNotContain("corrected for its size");
    assertThat(lines("simulate", TinyRun.CONFIG)).doesNotContain("as many events");
    assertThat(lines("kmc", DIRECT)).doesNotContain("as many events");
  }

  /** One sees what is doubtful before hours are spent on it; plans begin with their table. */
  @Test
  void runsTellWarnings() {
    String blind = "sde.embedding=0";
    String warning = "warning: several conditions and sde.embedding 0";
    String printed = lines("run", TinyRun.CONFIG, blind);
    assertThat(printed).startsWith("stage ").contains(warning);
    assertThat(lines("run", TinyRun.CONFIG)).doesNotContain("several conditions");
    assertThat(lines("simulate", TinyRun.CONFIG, blind)).doesNotContain("several conditions");
    String run = TinyRun.succeed(file(TinyRun.CONFIG), folder.resolve("run"), "--set", blind).out();
    assertThat(run.indexOf(warning)).isBetween(0, run.indexOf("simulate: "));
  }
}
