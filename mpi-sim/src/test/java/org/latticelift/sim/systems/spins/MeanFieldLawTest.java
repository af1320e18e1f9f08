package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.spins.CurieWeissProvider.CurieWeissSystem;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldRates;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldSimulator;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldSpins;

/** The simulator against the exact master equation of 256 spins; errors of five deviations. */
class MeanFieldLawTest {
  private static final int SPINS = 256;
  private static final ExactCurieWeiss EXACT = new ExactCurieWeiss(SPINS, 1.1, 0.1);
  private static final MeanFieldSimulator SIMULATOR =
      new MeanFieldSimulator(new MeanFieldRates(SPINS, 1.1, 0.1));

  private static Progression run(MeanFieldSpins crowd, Duration duration, RandomStream stream) {
    return run(SIMULATOR, crowd, duration, stream);
  }

  private static Progression run(
      MeanFieldSimulator simulator, MeanFieldSpins crowd, Duration duration, RandomStream stream) {
    return new MeanFieldRun(simulator, crowd, 0, duration, stream).finish(StopSignal.none());
  }

  @Test
  void transientHasTheExactLaw() {
    double time = 2;
    double[] law = EXACT.after(64, time);
    int runs = 20_000;
    int[] seen = new int[SPINS + 1];
    double mean = 0;
    RandomStream stream = CurieWeissConfigs.stream(1);
    for (int run = 0; run < runs; run++) {
      MeanFieldSpins crowd = CurieWeissConfigs.crowd(16, 64); // m = -0.5
      run(crowd, Duration.time(time), stream);
      seen[crowd.ups()]++;
      mean += crowd.meanSpin() / runs;
    }
    double deviation = Math.sqrt(EXACT.variance(law));
    assertThat(mean).isEqualTo(EXACT.mean(law), within(5 * deviation / Math.sqrt(runs)));
    // Kolmogorov-Smirnov at the level 1e-5
    double largest = 0;
    double below = 0;
    double observed = 0;
    for (int i = 0; i <= SPINS; i++) {
      below += law[i];
      observed += seen[i] / (double) runs;
      largest = Math.max(largest, Math.abs(below - observed));
    }
    assertThat(below).isEqualTo(1, within(1e-9));
    assertThat(largest).isLessThan(Math.sqrt(-0.5 * Math.log(0.5e-5) / runs));
  }

  @Test
  void stationaryMeanAndFlipRate() {
    double[] law = EXACT.stationary();
    assertThat(EXACT.mean(law)).isEqualTo(0.4765, within(5e-5)); // DI-53
    MeanFieldSpins crowd = CurieWeissConfigs.crowd(16, 190);
    RandomStream stream = CurieWeissConfigs.stream(2);
    run(crowd, Duration.time(100), stream);
    int blocks = 40;
    double[] mean = new double[blocks];
    double[] events = new double[blocks];
    double[] flips = new double[blocks];
    for (int block = 0; block < blocks; block++) {
      int records = 2000;
      for (int i = 0; i < records; i++) {
        flips[block] += run(crowd, Duration.time(0.5), stream).events();
        mean[block] += crowd.meanSpin() / records;
      }
      flips[block] /= SPINS * 0.5 * records;
      for (int i = 0; i < records; i++) {
        run(crowd, Duration.events(SPINS / 4), stream);
        events[block] += crowd.meanSpin() / records;
      }
    }
    require(mean, EXACT.mean(law));
    require(flips, EXACT.flipRate(law));
    require(events, 0.466); // averages over events are others (DI-53)
  }

  /** Five standard errors from the scatter of the blocks, plus the rounding of a reference. */
  private static void require(double[] blocks, double expected) {
    double mean = java.util.Arrays.stream(blocks).average().orElseThrow();
    double variance =
        java.util.Arrays.stream(blocks).map(b -> (b - mean) * (b - mean)).sum()
            / (blocks.length - 1);
    double error = Math.sqrt(variance / blocks.length);
    assertThat(mean).as("error %g", error).isEqualTo(expected, within(5 * error + 1e-12));
  }

  /** CW-80, CW-81, CW-82: 4096 spins, ten times faster to relax than to sample. */
  @Test
  void largeLatticeFollowsMeanFieldTheory() {
    int n = 4096;
    double[] law = new ExactCurieWeiss(n, 1.1, 0.1).stationary();
    ExactCurieWeiss exact = new ExactCurieWeiss(n, 1.1, 0.1);
    assertThat(exact.mean(law)).isEqualTo(0.490744, within(2e-3));
    assertThat(Math.sqrt(exact.variance(law))).isEqualTo(0.02446, within(5e-4));
    assertThat(exact.flipRate(law)).isEqualTo(0.37959, within(1e-3));
  }

  /** All spins along a strong field: rates of 1e-48; runs by time go on, those by flips wait. */
  @Test
  void coldSpinsWaitAsLongAsTheLawSays() {
    double rate = SPINS / (1 + Math.exp(2 * ((SPINS - 1.0) / SPINS + 10) / 0.2));
    MeanFieldSimulator cold = new MeanFieldSimulator(new MeanFieldRates(SPINS, 0.2, 10));
    RandomStream stream = CurieWeissConfigs.stream(6);
    MeanFieldSpins still = CurieWeissConfigs.crowd(16, SPINS);
    assertThat(run(cold, still, Duration.time(1e9), stream)).isEqualTo(new Progression(0, 1e9));
    assertThat(still.ups()).isEqualTo(SPINS);
    double[] waits = new double[2000];
    for (int i = 0; i < waits.length; i++) {
      MeanFieldSpins crowd = CurieWeissConfigs.crowd(16, SPINS);
      waits[i] = run(cold, crowd, Duration.events(1), stream).time() * rate;
      assertThat(crowd.ups()).isEqualTo(SPINS - 1);
    }
    require(waits, 1);
    MeanFieldSimulator frozen = new MeanFieldSimulator(new MeanFieldRates(SPINS, 1e-3, 10));
    assertFails(() -> run(frozen, still, Duration.time(1), stream), "total flip rate 0");
  }

  @Test
  void listsOfSitesStayConsistent() {
    MeanFieldSpins crowd = CurieWeissConfigs.crowd(16, 100);
    run(crowd, Duration.events(5000), CurieWeissConfigs.stream(3));
    int ups = 0;
    for (byte spin : crowd.spins()) {
      ups += spin > 0 ? 1 : 0;
    }
    assertThat(ups).isEqualTo(crowd.ups());
    assertThat(crowd.order()).doesNotHaveDuplicates().hasSize(SPINS);
  }

  @Test
  void savedStatesContinueBitForBit() {
    CurieWeissSystem system = CurieWeissConfigs.system("small: 16, large: 16", "", "", "");
    MeanFieldSpins crowd = CurieWeissConfigs.crowd(16, 100);
    run(crowd, Duration.events(500), CurieWeissConfigs.stream(4));
    MeanFieldSpins restored = system.codec().restore(system.codec().save(crowd), system.small());
    run(crowd, Duration.events(500), CurieWeissConfigs.stream(5));
    run(restored, Duration.events(500), CurieWeissConfigs.stream(5));
    assertThat(restored.order()).isEqualTo(crowd.order());
    assertThat(system.codec().decode(system.codec().encode(crowd), system.small()).spins())
        .isEqualTo(crowd.spins());
  }
}
