package org.latticelift.sim.lift;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.SnapshotPool;

/** Samples that are means over runs, from observables by which each run and record is known. */
class RunSamplesTest {
  private static final Condition CONDITION = Condition.of("temperature_K", 1400);
  private static final int RUNS = 32;
  private static final int RECORDS = 60;
  private static final double INTERVAL = 0.5;

  /** Bit r of the first observable is run r; the second is the record. */
  private static SnapshotPool<double[]> runs() {
    double[] times = IntStream.rangeClosed(1, RECORDS).mapToDouble(k -> k * INTERVAL).toArray();
    return SnapshotPool.of(
            RUNS, RECORDS, (run, record) -> new double[] {Math.pow(2, run), record * (1.0 + run)})
        .with(times, run -> run % 2);
  }

  private static RunSamples samples(String groups, double duration, int cut) {
    SnapshotPool<double[]> all = runs();
    SnapshotPool.Part part = new SnapshotPool.Part(0, 1, RUNS, 0, RECORDS - cut);
    return samples(all.part(part, all.group()), groups, duration);
  }

  private static RunSamples samples(SnapshotPool<double[]> used, String groups, double duration) {
    LiftConfig.Keep keep =
        new LiftConfig.Keep(
            SnapshotGroups.KeptStates.NONE,
            2,
            LiftConfig.DrawOrder.RANDOM,
            SnapshotGroups.fromConfig(ConfigNode.parse(groups, "test.yaml")));
    return new RunSamples(
        CONDITION,
        RunSamples.draws(used, keep, CONDITION, 7),
        Duration.time(duration),
        new Streams(7));
  }

  /** The runs that a mean of powers of two is of. */
  private static Set<Integer> used(double mean, int count) {
    long bits = Math.round(mean * count);
    return IntStream.range(0, RUNS).filter(r -> (bits >> r & 1) == 1).boxed().collect(toSet());
  }

  @Test
  void statesAreMeansOfRunsOfOneHalfThatWereBegunAlike() {
    RunSamples samples = samples("auto", 1.5, 3);
    RunHalves halves = RunHalves.of(RUNS);
    Set<Integer> counts = new HashSet<>();
    for (int number = 0; number < 2000; number++) {
      RunSamples.RunSample made = samples.make(number);
      int k = made.evolution().runs();
      counts.add(k);
      Set<Integer> runs = used(made.before()[0], k);
      assertThat(runs).hasSize(k).contains(made.source().run());
      int half = made.source().group();
      assertThat(half).isEqualTo(number % halves.count());
      assertThat(runs).allMatch(run -> halves.has(half, run));
      assertThat(runs.stream().map(run -> run % 2).distinct()).hasSize(1);
    }
    assertThat(counts).containsOnly(1, 2, 4, 8, 16);
    SnapshotPool<double[]> many = SnapshotPool.of(70, 9, (run, record) -> new double[] {run});
    RunSamples ofMany = samples(many.with(new double[9], run -> 0), "none", 1);
    assertThat(IntStream.range(0, 200).map(n -> ofMany.make(n).evolution().runs()).boxed())
        .containsOnly(70, 35, 17, 8, 4);
  }

  /** Each run moves by its own rate, so the mean increment says which runs it is of. */
  @Test
  void theIncrementIsTheMeanOfWhatTheSameRunsDidNext() {
    RunSamples samples = samples("auto", 1.5, 3);
    for (int number = 0; number < 500; number++) {
      RunSamples.RunSample made = samples.make(number);
      int k = made.evolution().runs();
      double rate =
          used(made.before()[0], k).stream().mapToDouble(run -> 1 + run).average().orElseThrow();
      int record = made.source().record();
      int steps = Math.min(3, Math.max(1, record / 4));
      assertThat(made.before()[1]).isCloseTo(record * rate, within(1e-9));
      assertThat(made.evolution().increment()[0]).isZero();
      assertThat(made.evolution().increment()[1]).isCloseTo(steps * rate, within(1e-9));
      assertThat(made.evolution().time()).isEqualTo(steps * INTERVAL);
    }
  }

  @Test
  void groupsThatAreAskedForAreDisjoint() {
    RunSamples samples = samples("4", 0.5, 1);
    Map<Integer, Set<Integer>> runsOfGroup = new HashMap<>();
    for (int number = 0; number < 1000; number++) {
      RunSamples.RunSample made = samples.make(number);
      runsOfGroup
          .computeIfAbsent(made.source().group(), g -> new HashSet<>())
          .addAll(used(made.before()[0], made.evolution().runs()));
    }
    assertThat(runsOfGroup).hasSize(4);
    assertThat(List.copyOf(runsOfGroup.values()))
        .allSatisfy(runs -> assertThat(runs).hasSize(RUNS / 4));
  }

  @Test
  void aSampleDependsOnItsNumberAndTheSeedAlone() {
    RunSamples one = samples("auto", 1.5, 3);
    RunSamples other = samples("auto", 1.5, 3);
    for (int number = 99; number >= 0; number--) {
      assertThat(other.make(number).before()).isEqualTo(one.make(number).before());
    }
  }
}
