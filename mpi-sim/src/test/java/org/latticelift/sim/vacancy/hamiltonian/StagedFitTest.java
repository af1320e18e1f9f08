package org.latticelift.sim.vacancy.hamiltonian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.FittedStages;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.GroupedEnsembles;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;

class StagedFitTest {
  private static final PairKinds KINDS = new PairKinds(3);
  private static final int SHELLS = 2;

  /** Parameters that grow from record to record, as order does in a relaxation. */
  private static final class Relaxation {
    static SnapshotPool<Lattice> of(int runs, int records, EffectiveHamiltonian last) {
      List<Lattice> states = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        Lattice lattice = equalParts(6, 6, 6);
        RandomStream stream = RandomAlloy.stream(run, 1);
        ExchangeLattice sites = new ExchangeLattice(lattice, SHELLS);
        sites.load(lattice);
        for (int record = 0; record < records; record++) {
          double[] j = last.parameters();
          double grown = Math.min(1, record / 20.0);
          java.util.Arrays.setAll(j, i -> j[i] * grown);
          new ExchangeSampler(new EffectiveHamiltonian(KINDS, SHELLS, j), sites)
              .attempt(10L * sites.sites(), stream);
          sites.store(lattice);
          states.add(lattice.copy());
        }
      }
      return SnapshotPool.of(runs, records, (run, record) -> states.get(run * records + record));
    }
  }

  /** One vacancy per 216 sites, and as many atoms of each species. */
  private static Lattice equalParts(int nx, int ny, int nz) {
    Lattice lattice = new Lattice(Crystal.bcc(), nx, ny, nz);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) (site % 216 == 0 ? 0 : 1 + site % 3));
    }
    return lattice;
  }

  private static final EffectiveHamiltonian LAST =
      new EffectiveHamiltonian(
          KINDS, SHELLS, new double[] {-.4, .3, .05, .1, -.2, .2, -.1, .05, -.05, .05});

  private static final List<String> BEGUN = new ArrayList<>();

  private static List<FittedStage> fitted() {
    return new StagedFit(KINDS, SHELLS, new HamiltonianFit.Settings(150, 3, 60))
        .fit(
            Relaxation.of(5, 80, LAST),
            RandomAlloy.stream(3, 3),
            (stage, stages) -> BEGUN.add(stage + "/" + stages));
  }

  private static final List<FittedStage> STAGES = fitted();

  @Test
  void parametersGrowAlongTheRelaxation() {
    assertThat(BEGUN).containsExactly("1/3", "2/3", "3/3");
    assertThat(STAGES.get(0).firstRecord()).isZero();
    assertThat(STAGES.get(STAGES.size() - 1).lastRecord()).isEqualTo(79);
    double before = 0;
    for (FittedStage stage : STAGES) {
      assertThat(stage.misfit()).isLessThan(4);
      assertThat(stage.hamiltonian().of(1, 2, 3)).isLessThan(before + 0.03);
      before = stage.hamiltonian().of(1, 2, 3);
    }
    assertThat(before).isBetween(-.23, -.17);
  }

  /** The large state has the nearest pairs of a record far from the mean, and not its others. */
  @Test
  void largeStatesFollowTheNearestPairsOfARecord() {
    StagedEnsembles ensembles = new StagedEnsembles(STAGES, 432);
    PairCounts.Counter counter = new PairCounts.Counter(Crystal.bcc(), KINDS, 8);
    SnapshotPool<Lattice> records = Relaxation.of(4, 80, LAST);
    FittedStage end = STAGES.get(STAGES.size() - 1);
    double mean = end.sampled()[KINDS.pair(2, 3)];
    PairCounts far = null;
    for (int k = 0; k < 160; k++) {
      PairCounts counts = counter.count(records.snapshot(k / 40, 40 + k % 40));
      if (far == null || counts.of(1, 2, 3) > far.of(1, 2, 3)) {
        far = counts;
      }
    }
    double wanted = far.of(1, 2, 3) / 432.0;
    double deviation = wanted - mean;
    Lattice large = equalParts(9, 10, 12);
    double[] small = perSite(far, 432);
    double[] made = new double[KINDS.pairs()];
    int states = 40;
    ExchangeLattice sites = new ExchangeLattice(large, SHELLS);
    sites.load(large);
    ExchangeSampler sampler = new ExchangeSampler(ensembles.like(List.of(far)), sites);
    RandomStream stream = RandomAlloy.stream(9, 9);
    sampler.attempt(20L * sites.sites(), stream);
    for (int k = 0; k < states; k++) {
      sampler.attempt(5L * sites.sites(), stream);
      sites.store(large);
      double[] one = perSite(counter.count(large), 2160);
      java.util.Arrays.setAll(made, p -> made[p] + one[p] / states);
    }
    assertThat(deviation).isGreaterThan(0.1);
    for (int[] pair : new int[][] {{1, 2}, {1, 3}, {2, 3}}) {
      int p = KINDS.pair(pair[0], pair[1]);
      assertThat(made[p]).isCloseTo(small[p], org.assertj.core.api.Assertions.within(0.04));
    }
    EffectiveHamiltonian like = ensembles.like(List.of(far));
    assertThat(like.of(2, 2, 3)).isEqualTo(stage(like).of(2, 2, 3));
    assertThat(like.of(1, 0, 1)).isEqualTo(stage(like).of(1, 0, 1));
  }

  private static EffectiveHamiltonian stage(EffectiveHamiltonian like) {
    return STAGES.stream()
        .map(FittedStage::hamiltonian)
        .filter(h -> h.of(2, 1, 2) == like.of(2, 1, 2))
        .findFirst()
        .orElseThrow();
  }

  private static double[] perSite(PairCounts counts, double sites) {
    double[] result = new double[KINDS.pairs()];
    for (int p = 0; p < result.length; p++) {
      result[p] = counts.array()[p] / sites;
    }
    return result;
  }

  /** Groups of unequal size; the smaller one keeps the fit of all in the stage of few states. */
  private static List<List<FittedStage>> groups() {
    StagedFit fit = new StagedFit(KINDS, SHELLS, new HamiltonianFit.Settings(150, 3, 60));
    return List.of(
        fit.shifted(
            STAGES, Relaxation.of(3, 80, LAST), RandomAlloy.stream(3, 4), (stage, stages) -> {}),
        fit.shifted(
            STAGES, Relaxation.of(1, 9, LAST), RandomAlloy.stream(3, 5), (stage, stages) -> {}));
  }

  private static final List<List<FittedStage>> GROUPS = groups();

  @Test
  void groupsHaveFitsOfTheirOwnWhereTheyHaveStates() {
    for (int s = 0; s < STAGES.size(); s++) {
      FittedStage all = STAGES.get(s);
      FittedStage own = GROUPS.get(0).get(s);
      assertThat(own.states()).isEqualTo(3L * (all.lastRecord() - all.firstRecord() + 1));
      assertThat(own.misfit()).isLessThan(4);
      assertThat(own.wanted()).isNotEqualTo(all.wanted());
      assertThat(own.hamiltonian().parameters()).isNotEqualTo(all.hamiltonian().parameters());
      assertThat(GROUPS.get(1).get(s)).isSameAs(all);
    }
    StagedFit fit = new StagedFit(KINDS, SHELLS, new HamiltonianFit.Settings(150, 3, 60));
    List<FittedStage> ten =
        fit.shifted(
            STAGES, Relaxation.of(1, 10, LAST), RandomAlloy.stream(3, 5), (stage, stages) -> {});
    assertThat(ten.get(0).states()).isEqualTo(10);
    assertThat(ten.get(1)).isSameAs(STAGES.get(1));
  }

  /** Of one stage: J is moved by the mean of what the records move it by. */
  @Test
  void theMeanOfRecordsMovesHamiltoniansByTheirMean() {
    PairCounts.Counter counter = new PairCounts.Counter(Crystal.bcc(), KINDS, 8);
    SnapshotPool<Lattice> late = Relaxation.of(3, 60, LAST);
    List<PairCounts> records = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      records.add(counter.count(late.snapshot(run, 59)));
    }
    StagedEnsembles ensembles =
        new StagedEnsembles(STAGES.subList(STAGES.size() - 1, STAGES.size()), 432);
    double[] mean = new double[LAST.parameters().length];
    for (PairCounts record : records) {
      double[] parameters = ensembles.like(List.of(record)).parameters();
      for (int k = 0; k < mean.length; k++) {
        mean[k] += parameters[k] / 3;
      }
    }
    assertThat(ensembles.like(records).parameters()).containsExactly(mean, within(1e-12));
    assertThat(ensembles.like(records.subList(0, 1)).parameters()).isNotEqualTo(mean);
  }

  /** By the fit of the group of the record, and of all without groups. */
  @Test
  void everyGroupHasEnsemblesOfItsOwn() {
    PairCounts.Counter counter = new PairCounts.Counter(Crystal.bcc(), KINDS, 8);
    PairCounts record = counter.count(Relaxation.of(1, 60, LAST).snapshot(0, 59));
    GroupedEnsembles grouped = new FittedStages(STAGES, GROUPS).ensembles(432);
    double[] all = new StagedEnsembles(STAGES, 432).like(List.of(record)).parameters();
    double[] own = new StagedEnsembles(GROUPS.get(0), 432).like(List.of(record)).parameters();
    assertThat(grouped.like(-1, List.of(record)).parameters()).isEqualTo(all);
    assertThat(grouped.like(0, List.of(record)).parameters()).isEqualTo(own).isNotEqualTo(all);
    assertThat(grouped.like(1, List.of(record)).parameters())
        .isEqualTo(all); // too few states of its own
    GroupedEnsembles older = new FittedStages(STAGES).ensembles(432);
    assertThat(older.like(1, List.of(record)).parameters()).isEqualTo(all);
  }

  @Test
  void filesKeepEverything(@TempDir Path folder) {
    Path file = folder.resolve(HamiltonianFile.NAME);
    Condition condition = Condition.of("temperature_K", 1234.5);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      HamiltonianFile.describe(writer, List.of("A", "B", "C"), 432);
      HamiltonianFile.write(writer, condition, new FittedStages(STAGES, GROUPS));
    }
    assertThat(HamiltonianFile.isOne(file)).isTrue();
    try (HamiltonianFile read = HamiltonianFile.open(file)) {
      assertThat(read.conditions()).containsExactly(condition);
      assertThat(read.species()).containsExactly("A", "B", "C");
      List<FittedStage> stages = read.stages(condition);
      assertThat(stages).hasSameSizeAs(STAGES);
      for (int s = 0; s < stages.size(); s++) {
        assertThat(stages.get(s)).usingRecursiveComparison().isEqualTo(STAGES.get(s));
      }
      FittedStages fits = read.fits(condition);
      assertThat(fits.all()).usingRecursiveComparison().isEqualTo(STAGES);
      assertThat(fits.groups()).usingRecursiveComparison().isEqualTo(GROUPS);
      List<List<String>> table = read.table();
      assertThat(table).hasSize(1 + STAGES.size() * 8 * 10);
      FittedStage last = STAGES.get(STAGES.size() - 1);
      List<String> row = table.get(1 + (STAGES.size() - 1) * 80 + 8);
      assertThat(row.subList(3, 5)).containsExactly("1", "B-C");
      double j = last.hamiltonian().of(1, 2, 3);
      assertThat(Double.parseDouble(row.get(5)))
          .isCloseTo(j, org.assertj.core.data.Percentage.withPercentage(0.01));
      assertThat(Double.parseDouble(row.get(6)))
          .isCloseTo(
              j * 8.617333e-5 * 1234.5, org.assertj.core.data.Percentage.withPercentage(0.01));
      assertThat(table.get(1 + 4).subList(4, 7)).containsExactly("A-A", "", "");
    }
  }
}
