package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.lift.LiftConfig.DrawOrder;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemOptions.FitObserver;
import org.latticelift.sim.system.SystemOptions.FittedUpsampling;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** States of largest entropy of one group of runs are like the records of this group (EX-07). */
class GroupedUpsamplingTest {
  private static final int SHELLS = 2;
  private static final int CELLS = 5;
  private static final int RUNS = 7;
  private static final int RECORDS = 30;
  private static final int SAMPLES = 400;
  private static final PairKinds KINDS = new PairKinds(3);
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [2000]}
      lattice: {small: 5, large: 5, vacancy_concentration: 0.004}
      barrier: {model: pairwise, cache_mib: 1}
      upsample: {tiles: maxent, shells: 2, burn_in: 0}
      """;

  @TempDir Path folder;

  /** Independent states of ensembles that differ in second neighbours, by the parity of the run. */
  private static final class Runs {
    static <S> SnapshotPool<S> of(LatticeSystem<S> system) {
      List<byte[]> states = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        double second = run % 2 == 0 ? -.25 : .2;
        double[] j = {0, 0, -.2, .1, -.3, 0, 0, .05, second, .1};
        Lattice lattice = new Lattice(Crystal.bcc(), CELLS, CELLS, CELLS);
        for (long site = 0; site < lattice.sites(); site++) {
          lattice.set(site, (byte) (site == 0 ? 0 : 1 + site % 3));
        }
        ExchangeLattice sites = new ExchangeLattice(lattice, SHELLS);
        sites.load(lattice);
        ExchangeSampler sampler =
            new ExchangeSampler(new EffectiveHamiltonian(KINDS, SHELLS, j), sites);
        RandomStream stream = RandomAlloy.stream(run, 5);
        for (int record = 0; record < RECORDS; record++) {
          sampler.attempt(30L * sites.sites(), stream);
          sites.store(lattice);
          states.add(bytes(lattice));
        }
      }
      return SnapshotPool.of(
          RUNS,
          RECORDS,
          (run, record) ->
              system.codec().decode(states.get(run * RECORDS + record).clone(), system.small()));
    }

    private static byte[] bytes(Lattice lattice) {
      byte[] bytes = new byte[(int) lattice.sites()];
      for (int x = 0; x < lattice.nx(); x++) {
        byte[] plane = lattice.plane(x);
        System.arraycopy(plane, 0, bytes, x * plane.length, plane.length);
      }
      return bytes;
    }
  }

  /** Mean and deviation of the pairs of the fitted shells, per site. */
  private static final class Moments {
    private final PairCounts.Counter counter = new PairCounts.Counter(Crystal.bcc(), KINDS, SHELLS);
    private final double[] sum = new double[SHELLS * KINDS.pairs()];
    private final double[] squares = new double[sum.length];
    private int states;

    <S> void add(StateCodec<S> codec, S state) {
      Lattice lattice = new Lattice(Crystal.bcc(), CELLS, CELLS, CELLS);
      byte[] bytes = codec.encode(state);
      for (int site = 0; site < bytes.length; site++) {
        lattice.set(site, bytes[site]);
      }
      long[] counts = counter.count(lattice).array();
      states++;
      for (int k = 0; k < sum.length; k++) {
        double one = (double) counts[k] / bytes.length;
        sum[k] += one;
        squares[k] += one * one;
      }
    }

    double mean(int k) {
      return sum[k] / states;
    }

    double deviation(int k) {
      return Math.sqrt(Math.max(0, squares[k] / states - mean(k) * mean(k)));
    }
  }

  private <S> Moments[][] recordsAndStates(LatticeSystem<S> plain, DrawOrder draw) {
    FittedUpsampling<S> able = plain.options().upsampling().orElseThrow();
    Condition condition = plain.conditions().get(0);
    SnapshotGroups two = SnapshotGroups.fromConfig(ConfigNode.parse("2", "test"));
    SnapshotDraw<S> snapshots = new SnapshotDraw<>(Runs.of(plain), two, false, draw, condition, 1);
    Path file = folder.resolve(draw + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      able.fit(
          condition,
          snapshots.all(),
          snapshots.groupPools(),
          new Streams(1),
          FitObserver.NONE,
          writer);
    }
    LatticeSystem<S> system = able.fitted(file);
    PairMaker<S> maker =
        new PairMaker<>(
            condition,
            system.dynamics(condition, 1),
            system.large(),
            Duration.events(1),
            EvolutionPlan.ONE_PATCH,
            new Streams(1));
    Moments[][] found = {{new Moments(), new Moments()}, {new Moments(), new Moments()}};
    for (int sample = 0; sample < SAMPLES; sample++) {
      SnapshotPool<S> pool = snapshots.pool(sample);
      found[1][pool.group()].add(system.codec(), maker.upsample(pool, sample));
    }
    for (int snapshot = 0; snapshot < RUNS * RECORDS; snapshot++) {
      int run = snapshot / RECORDS;
      found[0][run % 2].add(system.codec(), snapshots.all().snapshot(run, snapshot % RECORDS));
    }
    return found;
  }

  /**
   * In all kinds of pairs, in both shells, however snapshots are drawn: the mean of about 200
   * states, within four standard errors of this mean and of the 200 states that check a fit and
   * begin a correction, 0.5 deviations of a state. The groups are three apart.
   */
  @Tag("law")
  @Test
  void statesOfAGroupHaveThePairsOfItsRecords() {
    ConfigNode root = ConfigNode.parse(CONFIG, "test.yaml");
    for (DrawOrder draw : List.of(DrawOrder.RANDOM, DrawOrder.ONCE, DrawOrder.LOG_TIMES)) {
      LatticeSystem<?> system =
          LatticeSystem.liftable(SystemProvider.find(root.get("system")).create(root));
      Moments[][] found = recordsAndStates(system, draw);
      for (int group = 0; group < 2; group++) {
        Moments records = found[0][group];
        Moments states = found[1][group];
        assertThat(states.states).isGreaterThan(150);
        double squares = 0;
        int kinds = 0;
        for (int k = 0; k < SHELLS * KINDS.pairs(); k++) {
          double error = states.deviation(k) * Math.sqrt(1.0 / states.states + 2.0 / 200);
          double off = states.mean(k) - records.mean(k);
          assertThat(off).as("%s %d %d", draw, group, k).isBetween(-4 * error, 4 * error);
          squares += error > 0 ? off * off / (error * error) : 0;
          kinds += error > 0 ? 1 : 0;
        }
        assertThat(squares / kinds).isLessThan(3);
        int second = KINDS.pairs() + KINDS.pair(1, 3);
        double apart = found[0][0].mean(second) - found[0][1].mean(second);
        assertThat(Math.abs(apart)).isGreaterThan(3 * states.deviation(second));
      }
    }
  }
}
