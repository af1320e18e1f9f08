package org.latticelift.sim.systems.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.LatticeSystem.Trial;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.spins.IsingProvider;

/** The worker in C that is shipped: the Ising model, as the program has it itself. */
@Tag("law")
class CWorkerTest {
  private static final Path SOURCE = Path.of("..", "configs", "external", "ising.c");

  @TempDir private static Path folder;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    compile(SOURCE, "ising");
  }

  private static void compile(Path source, String name) throws IOException, InterruptedException {
    List<String> words =
        List.of(
            "cc",
            "-std=c99",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-o",
            folder.resolve(name).toString(),
            source.toString(),
            "-lm");
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }

  private static ConfigNode config(String system, String more) {
    String yaml =
        """
        system: %s
        conditions: {temperature: [2.5]}
        lattice: {small: 8, large: 16}
        """
            .formatted(system);
    return ConfigNode.parse(yaml + more, "test");
  }

  private static LatticeSystem<ExternalState> external(String evolve, String workers) {
    String more =
        "external: {command: ['%s'], workers: %s}\nevolve: {environment: %s}\n"
            .formatted(folder.resolve("ising"), workers, evolve);
    return (ExternalSystem) new ExternalProvider().create(config("external", more));
  }

  private static RandomStream stream(long... task) {
    return new Streams(3).stream(Purpose.CHECK, task);
  }

  @Test
  void itIsAPageLong() throws IOException {
    assertThat(Files.readAllLines(SOURCE)).hasSizeLessThanOrEqualTo(150);
  }

  /** Each trial is of use: one word of the worker is changed, and it fails. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "state = 0;|state = (uint64_t)getpid();|another worker makes the same of a request",
        "seed(find(\"seed\"))|seed(NULL)|another seed makes something else",
        "flips++;|flips += 3;|100 events are made",
        "frozen && frozen|0 && frozen|frozen sites stand still",
        "z[0] = sum / (side * side)|z[0] = sum|copies side by side have the observables of one",
        "any : m|any : m - number(\"temperature\", 1) / 9|begin alike at all conditions",
        "k / p * small, k % p * small, small, z|0, 0, small, z|the mean of patches is the whole",
        "most, keys), observe(s, n|most, keys), observe(memcpy(kept, s, n * n), n|leaves the state as it was",
      })
  void aTrialFailsWhereTheWorkerDoes(String was, String is, String what) throws Exception {
    String source = Files.readString(SOURCE);
    assertThat(source).contains(was);
    Path changed = Files.writeString(folder.resolve("changed.c"), source.replace(was, is));
    compile(changed, "changed");
    String more =
        "external: {command: ['%s'], parameters: {large_start: 0.2}}\n"
            .formatted(folder.resolve("changed"));
    ConfigNode config = config("external", more).with("conditions", "{temperature: [2.5, 3]}");
    assertThat(new ExternalProvider().create(config).trials())
        .filteredOn(trial -> !trial.passed().orElse(true))
        .extracting(Trial::what)
        .anyMatch(failed -> failed.contains(what));
  }

  /** Means and mean squares of the large system's observables of a run, after equilibration. */
  private static <S> double[] late(LatticeSystem<S> system, long seed) {
    Dynamics<S> dynamics = system.dynamics(system.conditions().get(0), 0);
    Extent extent = system.large();
    S state = dynamics.initial(extent, stream(seed, 0));
    RandomStream stream = stream(seed, 1);
    dynamics.advance(state, Duration.time(500), stream);
    double[] sums = new double[4];
    int records = 4000;
    for (int k = 0; k < records; k++) {
      dynamics.advance(state, Duration.time(5), stream);
      double[] z = dynamics.observe(state);
      double[] values = {Math.abs(z[0]), z[0] * z[0], z[1], z[1] * z[1]};
      Arrays.setAll(sums, i -> sums[i] + values[i] / records);
    }
    return sums;
  }

  /** Errors come from the spread of four runs of each, so z is that of six degrees of freedom. */
  @Test
  void itsEquilibriumIsThatOfTheIsingModel() {
    for (long seed = 1; seed <= 3; seed++) {
      List<double[]> c = new ArrayList<>();
      List<double[]> java = new ArrayList<>();
      for (int run = 0; run < 4; run++) {
        c.add(late(external("ghost", "auto"), 10 * seed + run));
        java.add(late(new IsingProvider().create(config("ising", "")), 100 * seed + run));
      }
      for (int i = 0; i < 4; i++) {
        int at = i;
        double[] a = c.stream().mapToDouble(x -> x[at]).toArray();
        double[] b = java.stream().mapToDouble(x -> x[at]).toArray();
        double error = Math.sqrt((variance(a) + variance(b)) / 4);
        assertThat(Math.abs(mean(a) - mean(b))).as("quantity " + i).isLessThan(6 * error);
      }
    }
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double variance(double[] x) {
    double mean = mean(x);
    return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
  }

  /** A large state of copies of a small one that is at a temperature for a while. */
  private static ExternalState large(LatticeSystem<ExternalState> system, long task) {
    Dynamics<ExternalState> dynamics = system.dynamics(system.conditions().get(0), 0);
    ExternalState small = dynamics.initial(system.small(), stream(7, task));
    dynamics.advance(small, Duration.time(20), stream(8));
    SnapshotPool<ExternalState> pool = SnapshotPool.of(1, 1, (run, record) -> small);
    return dynamics.upsample(pool, system.large(), stream(9), stream(10));
  }

  @Test
  void copiesHaveTheObservablesOfWhatTheyAreCopiesOf() {
    LatticeSystem<ExternalState> system = external("ghost", "auto");
    Dynamics<ExternalState> dynamics = system.dynamics(system.conditions().get(0), 0);
    ExternalState large = large(system, 0);
    double[] whole = dynamics.observe(large);
    for (int k = 0; k < 4; k++) {
      assertThat(dynamics.observePatch(large, k)).containsExactly(whole);
    }
  }

  @Test
  void onePatchMovesAndTheRestStandsStill() {
    LatticeSystem<ExternalState> system = external("ghost", "auto");
    Dynamics<ExternalState> dynamics = system.dynamics(system.conditions().get(0), 0);
    Patches<ExternalState> patches = dynamics.patches(large(system, 0), false);
    PartialEvolution one = patches.evolve(3, Duration.events(1), stream(1));
    assertThat(one.events()).isEqualTo(1);
    assertThat(Math.abs(one.increment()[0]) * 64).isEqualTo(2); // a spin of 64 has turned
    JointEvolution all = patches.evolveAll(Duration.events(16), stream(1));
    assertThat(all.events()).isEqualTo(64);
    assertThat(all.increments()).hasDimensions(4, 2);
  }

  @Test
  void threadsAndWorkersChangeNoBit() throws Exception {
    List<List<Double>> alone = made("ghost", "1", 1);
    assertThat(made("ghost", "2", 2)).isEqualTo(alone);
    assertThat(made("ghost", "1", 2)).isEqualTo(alone);
    assertThat(made("tile", "auto", 2)).isEqualTo(made("tile", "1", 1)).isNotEqualTo(alone);
  }

  private static List<List<Double>> made(String environment, String workers, int threads)
      throws Exception {
    LatticeSystem<ExternalState> system = external(environment, workers);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<Double>>> all =
          IntStream.range(0, 12)
              .mapToObj(
                  task ->
                      pool.submit(
                          () -> {
                            Patches<ExternalState> patches =
                                system
                                    .dynamics(system.conditions().get(0), 0)
                                    .patches(large(system, task), false);
                            List<Double> values = new ArrayList<>();
                            for (int k = 0; k < 8; k++) {
                              Duration time = Duration.time(1.5);
                              double[] change =
                                  patches.evolve(k % 4, time, stream(task, k)).increment();
                              Arrays.stream(change).forEach(values::add);
                            }
                            return values;
                          }))
              .toList();
      List<List<Double>> values = new ArrayList<>();
      for (Future<List<Double>> each : all) {
        values.add(each.get());
      }
      return values;
    } finally {
      pool.shutdownNow();
    }
  }
}
