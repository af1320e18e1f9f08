package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SystemOptions.FitObserver;
import org.latticelift.sim.systems.spins.IsingSetup.EffectiveCoupling;
import org.latticelift.sim.systems.spins.IsingSetup.WolffClusters;
import org.latticelift.sim.systems.spins.IsingSystem.CouplingFit;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

@Tag("law")
class CouplingFitTest {
  private static final int SITES = ExactIsing.SIDE * ExactIsing.SIDE;

  /** Runs of records. */
  private static SnapshotPool<SpinLattice> pool(List<List<SpinLattice>> all) {
    return SnapshotPool.of(
        all.size(), all.get(0).size(), (run, record) -> all.get(run).get(record));
  }

  /**
   * The coupling of states that are drawn with their exact weights is 1/T, whatever the field. Of
   * eight fits, each to 100 000 draws of its own, the mean is known to 2 %.
   */
  @ParameterizedTest
  @CsvSource({"2.5, 0", "2.5, 0.3", "5, 0"})
  void theCouplingOfEquilibriumIsFound(double temperature, double field) {
    double[] below = new double[1 << SITES];
    double all = 0;
    for (int state = 0; state < below.length; state++) {
      byte[] spins = spins(state);
      double energy = 2 * Spins.walls(spins) - field * Spins.sum(spins);
      all += Math.exp(-energy / temperature);
      below[state] = all;
    }
    int fits = 8;
    double[] found = new double[fits];
    for (int fit = 0; fit < fits; fit++) {
      RandomStream stream = Spins.stream(40 + fit);
      List<List<SpinLattice>> runs = new ArrayList<>();
      for (int run = 0; run < 1000; run++) {
        List<SpinLattice> records = new ArrayList<>();
        for (int record = 0; record < 100; record++) {
          int at = Arrays.binarySearch(below, all * stream.uniform());
          records.add(SpinLattice.of(spins(at < 0 ? -at - 1 : at)));
        }
        runs.add(records);
      }
      // Of 4 x 4 spins one step tells little.
      CouplingFit coupling = new CouplingFit(20, stream);
      found[fit] =
          coupling.fit(pool(runs), 0.1, FitObserver.NONE).stream()
              .mapToDouble(EffectiveCoupling::coupling)
              .average()
              .orElseThrow();
    }
    double mean = Arrays.stream(found).average().orElseThrow();
    double error =
        Math.sqrt(Arrays.stream(found).map(x -> (x - mean) * (x - mean)).sum() / (fits - 1) / fits);
    assertThat(error).isLessThan(0.02 / temperature);
    assertThat(mean).isEqualTo(1 / temperature, within(4 * error));
  }

  /** Random spins know nothing of their neighbours; later records have the stages that follow. */
  @Test
  void theCouplingOfRandomSpinsIsNone() {
    RandomStream stream = Spins.stream(50);
    List<List<SpinLattice>> runs = new ArrayList<>();
    for (int run = 0; run < 40; run++) {
      SpinLattice first = SpinLattice.of(Spins.random(16, 0.5, stream));
      SpinLattice second = first.copy();
      new WolffClusters(new GlauberRates(2.5, 0)).equilibrate(second, stream);
      runs.add(List.of(first, second, second, second));
    }
    List<String> begun = new ArrayList<>();
    List<EffectiveCoupling> stages =
        new CouplingFit(20, stream)
            .fit(pool(runs), 0.4, (group, groups, stage, of) -> begun.add(stage + "/" + of));
    assertThat(begun).containsExactly("1/3", "2/3", "3/3");
    assertThat(stages).extracting(EffectiveCoupling::firstRecord).containsExactly(0, 1, 2);
    assertThat(stages).extracting(EffectiveCoupling::lastRecord).containsExactly(0, 1, 3);
    assertThat(stages).extracting(EffectiveCoupling::states).containsExactly(40L, 40L, 80L);
    // The walls of 40 x 512 bonds are known to 0.0035, and two walls a site for one of coupling.
    assertThat(stages.get(0).coupling()).isLessThan(4 * 0.0035 + 0.005);
    // 0.0025 of 40 states, which have walls of 0.24 with a deviation of 0.023 and a slope of 1.
    assertThat(stages.get(2).coupling()).isEqualTo(0.4, within(4 * 0.006));
    assertThat(stages.get(2).sampled()).isEqualTo(stages.get(2).wanted(), within(0.005));
  }

  /**
   * At their magnetisation small lattices have more walls than large ones. A large state has those
   * of a large one: at small magnetisation, within four standard errors of flips of clusters.
   */
  @Test
  void largeStatesHaveTheWallsOfLargeLattices() {
    double temperature = 2.4;
    RandomStream stream = Spins.stream(60);
    double[] small = new double[3];
    double[] made = new double[3];
    double[] large = new double[3];
    IsingSystem system =
        IsingConfigs.system(
            temperature, "small: 8, large: 32", "states: maxent", "", "environment: ghost");
    IsingDynamics dynamics =
        (IsingDynamics)
            system
                .fitted(
                    Map.of(
                        system.conditions().get(0),
                        List.of(new EffectiveCoupling(0, 0, 1, 1 / temperature, 0, 0))))
                .dynamics(system.conditions().get(0), 0);
    WolffClusters wolff = new WolffClusters(new GlauberRates(temperature, 0));
    SpinLattice one = SpinLattice.of(StartMagnetisation.ANY.spins(8, stream));
    SpinLattice many = SpinLattice.of(StartMagnetisation.ANY.spins(32, stream));
    wolff.equilibrate(one, stream);
    WolffClusters others = new WolffClusters(new GlauberRates(temperature, 0));
    others.equilibrate(many, stream);
    for (int i = 0; i < 2000; i++) {
      wolff.flip(one, 5, stream);
      others.flip(many, 20, stream);
      add(small, one);
      add(large, many);
      add(made, dynamics.upsample(pool(List.of(List.of(one))), system.large(), stream, stream));
    }
    assertThat(mean(made))
        .isEqualTo(mean(large), within(4 * Math.hypot(error(made), error(large))));
    assertThat(error(made)).isLessThan(0.002);
    assertThat(mean(small) - mean(large)).isGreaterThan(10 * error(small));
  }

  private static void add(double[] sums, SpinLattice lattice) {
    if (Math.abs(lattice.meanSpin()) < 0.3) {
      sums[0]++;
      sums[1] += lattice.wallDensity();
      sums[2] += lattice.wallDensity() * lattice.wallDensity();
    }
  }

  private static double mean(double[] sums) {
    return sums[1] / sums[0];
  }

  private static double error(double[] sums) {
    return Math.sqrt((sums[2] / sums[0] - mean(sums) * mean(sums)) / sums[0]);
  }

  private static byte[] spins(int state) {
    byte[] spins = new byte[SITES];
    for (int i = 0; i < SITES; i++) {
      spins[i] = (byte) ((state >> i & 1) == 1 ? 1 : -1);
    }
    return spins;
  }
}
