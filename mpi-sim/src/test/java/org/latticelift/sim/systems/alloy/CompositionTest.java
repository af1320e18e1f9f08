package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.systems.alloy.AlloyLattices.Composition;
import org.latticelift.sim.systems.alloy.CopiedTile.CompositionRepair;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;

class CompositionTest {
  private static final LatticeShape SHAPE = new LatticeShape(Crystal.bcc(), 5, 5, 5);
  private static final List<String> SPECIES = List.of("Nb", "Mo", "Ta");
  private final RandomStream stream = new Streams(3).stream(Purpose.CHECK);

  @Test
  void equimolarCountsAreThoseOfAl62() {
    Composition composition = Composition.of(SPECIES, Map.of(), 1.0 / 1024);
    assertThat(composition.counts(1024)).containsExactly(1, 341, 341, 341);
    assertThat(composition.counts(8192)).containsExactly(8, 2728, 2728, 2728);
    assertThat(composition.counts(65_536)).containsExactly(64, 21_824, 21_824, 21_824);
    assertThat(composition.counts(524_288)).containsExactly(512, 174_592, 174_592, 174_592);
  }

  @Test
  void noVacancyIsNoneAndAnyConcentrationAtLeastOne() {
    assertThat(Composition.of(SPECIES, Map.of(), 0).counts(1024)).containsExactly(0, 342, 341, 341);
    assertThat(Composition.of(SPECIES, Map.of(), 1e-300).counts(1024)[0]).isEqualTo(1);
  }

  @Test
  void otherCompositionsAddUp() {
    Composition composition =
        Composition.of(SPECIES, Map.of("Nb", 1.0, "Mo", 2.0, "Ta", 4.0), 0.002);
    long[] counts = composition.counts(2000);
    assertThat(counts[0]).isEqualTo(4);
    assertThat(counts[0] + counts[1] + counts[2] + counts[3]).isEqualTo(2000);
    assertThat(counts[3]).isBetween(1140L, 1141L);
  }

  @Test
  void wrongPartsAreRefused() {
    assertFails(
        () -> Composition.of(SPECIES, Map.of("W", 1.0), 0.001),
        "unknown species 'W'",
        "[Nb, Mo, Ta]");
    assertThatThrownBy(() -> Composition.of(SPECIES, Map.of("Mo", -1.0), 0.001))
        .hasMessageContaining("Mo: -1.0 parts");
    assertThatThrownBy(() -> Composition.of(SPECIES, Map.of("Mo", 0.0), 0.001))
        .hasMessageContaining("no atoms");
  }

  @Test
  void randomAlloysHaveExactCountsAndAreRandom() {
    long[] counts = {2, 100, 60, 88};
    AlloyState state = AlloyState.random(SHAPE, counts, stream);
    assertThat(java.util.Arrays.copyOf(state.lattice().counts(), 4)).containsExactly(counts);
    assertThat(state.vacancies()).hasSize(2);
    // mean occupation of one site by species 1 over many draws: 100/250, four standard errors
    int hits = 0;
    for (int i = 0; i < 2000; i++) {
      Lattice lattice = AlloyState.random(SHAPE, counts, stream).lattice();
      hits += lattice.get(137) == 1 ? 1 : 0;
    }
    assertThat(hits / 2000.0).isBetween(0.4 - 4 * 0.011, 0.4 + 4 * 0.011);
  }

  @Test
  void repairMeetsTheTargetWithAsFewChangesAsPossible() {
    long[] before = {2, 90, 80, 78};
    Lattice lattice = AlloyState.random(SHAPE, before, stream).lattice();
    Lattice repaired = lattice.copy();
    long[] target = {2, 83, 82, 83};
    CompositionRepair.repair(repaired, target, stream);
    assertThat(java.util.Arrays.copyOf(repaired.counts(), 4)).containsExactly(target);
    int changes = 0;
    for (long site = 0; site < lattice.sites(); site++) {
      changes += lattice.get(site) != repaired.get(site) ? 1 : 0;
    }
    assertThat(changes).isEqualTo(7);
    assertThatThrownBy(() -> CompositionRepair.repair(repaired, new long[] {3, 82, 82, 83}, stream))
        .hasMessageContaining("2 vacancies");
  }
}
