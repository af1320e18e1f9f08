package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyPatches.Observation;
import org.latticelift.sim.systems.alloy.SampledUpsampling.SampledBlocks;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** States that are known by some blocks (EX-25). */
class SampledBlocksTest {
  private static final String CONFIG =
      """
      conditions: {temperature_K: [1500]}
      lattice: {small: 5, large: %s, vacancy_concentration: 0.004, composition: {Nb: 0.137, Mo: 0.52, Ta: 0.343},
        observables: [pair, {pair: {shell: 4}}, b2]}
      barrier: {model: pairwise}
      upsample: {tiles: maxent, block: %d}
      evolve: {environment: %s}
      """;

  private static AlloySystem system(String large, int block, String environment) {
    return (AlloySystem)
        new AlloyProvider()
            .create(ConfigNode.parse(CONFIG.formatted(large, block, environment), "test.yaml"));
  }

  private static LiftingRules rules(String large, int block) {
    return system(large, block, "whole").setup().rules();
  }

  private static RandomStream stream(int task) {
    return new Streams(3).stream(Purpose.CHECK, task);
  }

  /** Eight blocks of one composition; about each of them the state is a lattice of its copies. */
  private record Blocks(AlloySystem system, List<Lattice> blocks, Cells size) {
    static Blocks of(String environment, Cells size) {
      AlloySystem system = SampledBlocksTest.system(size.shape().toString(), 10, environment);
      AlloyLattices lattices = system.setup().lattices();
      List<Lattice> blocks =
          IntStream.range(0, LiftingRules.BLOCKS)
              .mapToObj(i -> lattices.initial(new Cells(10, 10, 10), stream(i)).lattice())
              .toList();
      return new Blocks(system, blocks, size);
    }

    AlloyState copies(Lattice block) {
      Lattice whole = system.setup().lattices().shapes().lattice(size);
      for (int x = 0; x < size.nx(); x++) {
        for (int y = 0; y < size.ny(); y++) {
          for (int z = 0; z < size.nz(); z++) {
            for (int b = 0; b < 2; b++) {
              whole.set(x, y, z, b, block.get(x % 10, y % 10, z % 10, b));
            }
          }
        }
      }
      return AlloyState.scanned(whole);
    }

    AlloyState state(List<Lattice> which) {
      long[] counts = copies(which.get(0)).lattice().counts();
      return new AlloyState(
          new SampledBlocks(system.setup().lattices().shapes().of(size), counts, which));
    }

    AlloyDynamics dynamics() {
      return (AlloyDynamics) system.dynamics(system.conditions().get(0), 1e-9);
    }
  }

  @Test
  void equalBlocksHaveTheCountsOfALatticeOfCopies() {
    Blocks all = Blocks.of("whole", new Cells(20, 40, 30));
    Lattice block = all.blocks().get(3);
    AlloyState state = all.state(Collections.nCopies(LiftingRules.BLOCKS, block));
    assertThat(all.dynamics().observe(state)).isEqualTo(all.dynamics().observe(all.copies(block)));
    assertThat(state.sites().vacancyCount()).isEqualTo(24 * 8);
    assertThat(all.dynamics().patches(state, false).count()).isEqualTo(8 * 8);
  }

  /** With lattices that surroundings hold as a whole, and others, whatever was evolved before. */
  @ParameterizedTest
  @CsvSource({"whole, 20", "ghost, 20", "buffer, 20", "periodic, 20", "whole, 200", "ghost, 200"})
  void patchesEvolveAsAmongCopiesOfTheirBlock(String environment, int length) {
    Blocks all = Blocks.of(environment, new Cells(length, 30, 30));
    AlloyState state = all.state(all.blocks());
    AlloyDynamics dynamics = all.dynamics();
    var patches = dynamics.patches(state, true);
    for (int k : new int[] {0, 63, 1, 9, 17, 25, 24, 33, 41, 55, 54}) {
      PartialEvolution made = patches.evolve(k, Duration.events(60), stream(k));
      AlloyState copies = all.copies(all.blocks().get(k / 8));
      List<Long> sites = Arrays.stream(copies.vacancies()).boxed().toList();
      int same = sites.indexOf(state.sites().vacancy(k));
      PartialEvolution expected =
          dynamics.patches(copies, true).evolve(same, Duration.events(60), stream(k));
      assertThat(made.before()).as("patch " + k).isEqualTo(expected.before());
      assertThat(made.increment()).isEqualTo(expected.increment());
      assertThat(made.compensator()).isEqualTo(expected.compensator());
      assertThat(made.time()).isEqualTo(expected.time());
    }
  }

  /** Different blocks: the mean of their pairs, and each has its own vacancies. */
  @Test
  void countsAreTheMeanOfTheBlocks() {
    AlloySystem system = system("[20, 40, 30]", 10, "whole");
    AlloyLattices lattices = system.setup().lattices();
    List<long[]> shares = system.setup().rules().blockCounts(new Cells(20, 40, 30));
    List<Lattice> blocks =
        IntStream.range(0, shares.size())
            .mapToObj(
                i ->
                    AlloyState.random(
                            lattices.shapes().of(new Cells(10, 10, 10)), shares.get(i), stream(i))
                        .lattice())
            .toList();
    long[] counts = lattices.counts(48_000);
    SampledBlocks state =
        new SampledBlocks(lattices.shapes().of(new Cells(20, 40, 30)), counts, blocks);
    Observation observation = new Observation(lattices);
    double[] mean = new double[15];
    for (Lattice block : blocks) {
      double[] one = observation.isolated(block, state);
      Arrays.setAll(mean, i -> mean[i] + one[i] / blocks.size());
    }
    double[] all = observation.whole(new AlloyState(state));
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isCloseTo(mean[i], Offset.offset(1e-4));
    }
    for (int k = 0; k < state.knownVacancies(); k++) {
      Lattice around = lattices.shapes().lattice(new Cells(5, 5, 5));
      long site = state.vacancy(k);
      state.around(site).read(cell(site, 0), cell(site, 1), cell(site, 2), around);
      assertThat(around.get(0, 0, 0, (int) (site % 2))).isZero();
    }
  }

  private static int cell(long site, int axis) {
    long cell = site / 2;
    return (int) (axis == 2 ? cell % 30 : axis == 1 ? cell / 30 % 40 : cell / 1200);
  }

  @Test
  void blocksHaveTheCompositionOfTheWhole() {
    LiftingRules rules = rules("[20, 40, 30]", 0);
    Cells size = new Cells(20, 40, 30);
    assertThat(rules.block(size)).isEqualTo(new Cells(10, 10, 10));
    assertThat(rules.inBlocks(size)).isTrue();
    long[] counts = rules.lattices().counts(48_000);
    double[] total = new double[counts.length];
    for (long[] one : rules.blockCounts(size)) {
      assertThat(Arrays.stream(one).sum()).isEqualTo(2000);
      for (int code = 0; code < one.length; code++) {
        assertThat((double) one[code]).isBetween(counts[code] / 24.0 - 2, counts[code] / 24.0 + 2);
        total[code] += one[code];
      }
    }
    for (int code = 0; code < total.length; code++) {
      assertThat(total[code]).isBetween(counts[code] / 3.0 - 2, counts[code] / 3.0 + 2);
    }
    assertThat(rules.knownVacancies(size)).isEqualTo(64);
  }

  /** Lengths that no shorter block fills have longer ones; what eight would fill is a whole. */
  @Test
  void blocksFillTheLattice() {
    assertThat(rules("[22, 25, 31]", 0).block(new Cells(22, 25, 31)))
        .isEqualTo(new Cells(11, 25, 31));
    assertThat(rules("20", 0).inBlocks(new Cells(20, 20, 20))).isFalse();
    assertThat(rules("[20, 20, 30]", 0).inBlocks(new Cells(20, 20, 30))).isTrue();
    assertThat(rules("[20, 20, 30]", 15).inBlocks(new Cells(20, 20, 30))).isFalse();
    assertThat(rules("5", 0).block(new Cells(5, 5, 5))).isEqualTo(new Cells(5, 5, 5));
  }

  @Test
  void theCostDoesNotGrow() {
    AlloySystem system = system("1000", 0, "whole");
    assertThat(system.costs().readSites(system.large())).isEqualTo(16_000);
    assertThat(system.lifting().distinctPatches(system.large())).isEqualTo(64);
    assertThat(system.large().patches()).isEqualTo(8_000_000);
    assertThat(system.caveats()).anyMatch(text -> text.contains("8 blocks of 10 x 10 x 10 cells"));
    assertThat(system("20", 0, "whole").caveats()).noneMatch(text -> text.contains("blocks"));
  }

  @Test
  void whatNeedsAllSitesSaysSo() {
    Blocks all = Blocks.of("whole", new Cells(20, 40, 30));
    assertFails(() -> all.state(all.blocks()).lattice(), "upsample.block");
    assertThatThrownBy(() -> system("1000", 4, "whole").lifting().checkLifting())
        .hasMessageContaining("upsample.block");
    ConfigNode few =
        ConfigNode.parse(
            CONFIG.formatted("1000", 5, "whole").replace("0.004", "0.0001"), "test.yaml");
    assertThatThrownBy(
            () -> ((AlloySystem) new AlloyProvider().create(few)).lifting().checkLifting())
        .hasMessageContaining("without a vacancy");
  }
}
