package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Patches.SimultaneousEvolutions;
import org.latticelift.sim.systems.spins.MultispinPatches.LaneCounter;

/** Many patches at a time have the law of one patch after the other, and nothing in common. */
class MultispinPatchesTest {
  private static final int OBSERVABLES = 2;

  private static IsingDynamics dynamics(double temperature, String lattice, String evolve) {
    return IsingConfigs.dynamics(IsingConfigs.system(temperature, lattice, "", "", evolve), 0);
  }

  /** Not in equilibrium, so that increments have a mean, and without symmetry. */
  private static SpinLattice state(IsingDynamics dynamics, int side) {
    SpinLattice state = SpinLattice.of(Spins.random(side, 0.75, Spins.stream(21)));
    dynamics.advance(state, Duration.time(3), Spins.stream(22));
    return state;
  }

  private static long[] all(IsingPatches patches) {
    return LongStream.range(0, patches.count()).toArray();
  }

  private static IntFunction<RandomStream> streams(int seed) {
    return k -> Spins.stream(1000 * seed + k);
  }

  /** Of one observable of one patch, over evolutions. */
  private record Moments(double mean, double variance, int count) {
    static Moments of(double[] values) {
      double mean =
          IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Moments(mean, squares / (values.length - 1), values.length);
    }

    double errorOfMean() {
      return Math.sqrt(variance / count);
    }
  }

  /**
   * Means agree within 4 standard errors of their difference, variances within 4 of theirs, for
   * every patch and observable; some 4000 evolutions on either side.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2.3; small: 8, large: 16, field: 0; environment: buffer, buffer_sites: 2; 3",
        "2.3; small: 8, large: 16, field: 0.3; environment: buffer, buffer_sites: 1; 1",
        "1.5; small: 8, large: 16, field: -0.2; environment: ghost; 6",
        "2.3; small: 8, large: 16; environment: ghost, patch_observable: owned; 2",
        "2.3; small: 8, large: 16; environment: buffer, buffer_sites: 1, patch_observable: seam; 2",
        "2.6; small: 4, large: 8, field: 0.1; environment: buffer, buffer_sites: 4; 1",
        "2.6; small: 8, large: 8, field: 0.1; environment: buffer, buffer_sites: 4; 2"
      })
  void incrementsHaveTheLawOfPatchesOneByOne(
      double temperature, String lattice, String evolve, double time) {
    IsingDynamics dynamics = dynamics(temperature, lattice, evolve);
    int side = Integer.parseInt(lattice.replaceAll(".*large: (\\d+).*", "$1"));
    SpinLattice state = state(dynamics, side);
    byte[] spins = state.spins();
    IsingPatches patches = dynamics.patches(state, false);
    int evolutions = 4096;
    SimultaneousEvolutions many = patches.evolveMany(all(patches), evolutions, time, streams(1));
    assertThat(state.spins()).isEqualTo(spins);
    long events = 0;
    for (int patch = 0; patch < patches.count(); patch++) {
      double[][] single = new double[evolutions][];
      for (int e = 0; e < evolutions; e++) {
        PartialEvolution one =
            patches.evolve(
                patch, Duration.time(time), Spins.stream(900_000 + evolutions * patch + e));
        single[e] = one.increment();
        events += one.events();
      }
      for (int o = 0; o < OBSERVABLES; o++) {
        int observable = o;
        int number = patch;
        Moments one =
            Moments.of(
                IntStream.range(0, evolutions).mapToDouble(e -> single[e][observable]).toArray());
        Moments other =
            Moments.of(
                IntStream.range(0, evolutions)
                    .mapToDouble(e -> many.increments()[e][number][observable])
                    .toArray());
        assertThat(other.mean())
            .as("mean %d of patch %d", o, patch)
            .isEqualTo(
                one.mean(), within(4 * Math.hypot(one.errorOfMean(), 1.3 * other.errorOfMean())));
        assertThat(other.variance() / one.variance())
            .as("variance %d of patch %d", o, patch)
            .isEqualTo(1, within(4 * Math.sqrt(2 * 2.0 / evolutions)));
      }
    }
    assertThat(many.events() / (double) events).isEqualTo(1, within(0.02));
  }

  /**
   * Hot spins that are nearly all up: the same number of visits in every evolution would take four
   * tenths of the variance away.
   */
  @Test
  void theNumberOfVisitsIsRandom() {
    IsingDynamics dynamics = dynamics(1000, "small: 8, large: 16", "environment: ghost");
    SpinLattice state = SpinLattice.of(Spins.random(16, 0.98, Spins.stream(23)));
    IsingPatches patches = dynamics.patches(state, false);
    int evolutions = 8192;
    double[][][] increments =
        patches.evolveMany(all(patches), evolutions, 0.2, streams(6)).increments();
    double[] own = IntStream.range(0, evolutions).mapToDouble(e -> increments[e][0][0]).toArray();
    // in time t a spin has turned with p = (1 - exp(-t)) / 2 where all flips have the rate 1/2
    double turned = (1 - Math.exp(-0.2)) / 2;
    double variance = 4 * turned * (1 - turned) / 64;
    assertThat(Moments.of(own).variance() / variance).isEqualTo(1, within(0.065));
  }

  /**
   * The mean of the evolutions of a batch has the variance of as many independent ones: 64 of one
   * patch, or of 4 patches 16 each. A common number of visits, or one orientation, would be seen.
   */
  @ParameterizedTest
  @CsvSource({"8, 8, 64, 2, 1.9", "8, 16, 16, 2, 1.4", "16, 64, 4, 8, 1.2"})
  void evolutionsOfABatchHaveLittleInCommon(
      int small, int large, int atATime, double time, double most) {
    IsingDynamics dynamics =
        dynamics(
            2.3, "small: " + small + ", large: " + large, "environment: buffer, buffer_sites: 1");
    SpinLattice state = state(dynamics, large);
    IsingPatches patches = dynamics.patches(state, false);
    int batches = 600;
    double[][][] increments =
        patches.evolveMany(all(patches), batches * atATime, time, streams(2)).increments();
    double[] means = new double[batches];
    double[] single = new double[batches * atATime];
    for (int e = 0; e < single.length; e++) {
      single[e] = increments[e][0][0];
      means[e / atATime] += single[e] / atATime;
    }
    double ratio = Moments.of(means).variance() * atATime / Moments.of(single).variance();
    assertThat(ratio).isBetween(0.75, most);
  }

  /** Of different patches of one batch, too: the sum over patches has the sum of variances. */
  @Test
  void patchesOfABatchAreIndependent() {
    IsingDynamics dynamics = dynamics(2.3, "small: 8, large: 64", "environment: ghost");
    SpinLattice state = state(dynamics, 64);
    IsingPatches patches = dynamics.patches(state, false);
    int evolutions = 1500;
    double[][][] increments =
        patches.evolveMany(all(patches), evolutions, 2, streams(3)).increments();
    double sum = 0;
    double[] totals = new double[evolutions];
    for (int k = 0; k < patches.count(); k++) {
      int patch = k;
      double[] own =
          IntStream.range(0, evolutions).mapToDouble(e -> increments[e][patch][0]).toArray();
      sum += Moments.of(own).variance();
      for (int e = 0; e < evolutions; e++) {
        totals[e] += own[e];
      }
    }
    assertThat(Moments.of(totals).variance() / sum).isBetween(0.85, 1.15);
  }

  /** Evolutions do not depend on how many more are asked for in further batches. */
  @Test
  void aBatchHasAStreamOfItsOwn() {
    IsingDynamics dynamics = dynamics(2.3, "small: 8, large: 16", "environment: ghost");
    SpinLattice state = state(dynamics, 16);
    long[] all = all(dynamics.patches(state, false));
    double[][][] few =
        dynamics.patches(state, false).evolveMany(all, 16, 2, streams(4)).increments();
    double[][][] many =
        dynamics.patches(state, false).evolveMany(all, 40, 2, streams(4)).increments();
    for (int e = 0; e < few.length; e++) {
      assertThat(many[e]).isDeepEqualTo(few[e]);
    }
    assertThat(many[16]).isNotEqualTo(few[0]);
  }

  @Test
  void nothingMovesInNoTime() {
    IsingDynamics dynamics = dynamics(2.3, "small: 8, large: 16", "environment: buffer");
    SpinLattice state = state(dynamics, 16);
    IsingPatches patches = dynamics.patches(state, false);
    SimultaneousEvolutions none = patches.evolveMany(all(patches), 70, 0, streams(5));
    assertThat(none.events()).isZero();
    for (double[][] evolution : none.increments()) {
      for (double[] increment : evolution) {
        assertThat(increment).containsOnly(0);
      }
    }
  }

  @Test
  void placesAreCountedEachByItself() {
    LaneCounter counter = new LaneCounter();
    for (int round = 0; round < 2; round++) {
      for (int i = 1; i <= 1000; i++) {
        counter.add((i % 3 == 0 ? 1L : 0) | (i % 7 == 0 ? 1L << 63 : 0) | 1L << 20);
      }
      assertThat(counter.count(0)).isEqualTo(333);
      assertThat(counter.count(63)).isEqualTo(142);
      assertThat(counter.count(20)).isEqualTo(1000);
      assertThat(counter.count(5)).isZero();
      counter.clear();
    }
  }
}
