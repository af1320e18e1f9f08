package org.latticelift.sim.vacancy.hamiltonian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;

class PairCountsTest {
  /** Every bond seen from both ends. */
  private static long plain(Lattice lattice, int shell, int a, int b) {
    long seen = 0;
    int basis = lattice.crystal().basisCount();
    for (long site = 0; site < lattice.sites(); site++) {
      for (SiteOffset offset : lattice.crystal().shell((int) (site % basis), shell)) {
        int here = lattice.get(site);
        int there = lattice.get(lattice.neighbour(site, offset));
        seen += here == a && there == b || here == b && there == a ? 1 : 0;
      }
    }
    return seen / 2;
  }

  private static void check(Lattice lattice, int species, int shells) {
    PairKinds kinds = new PairKinds(species);
    PairCounts counts = new PairCounts.Counter(lattice.crystal(), kinds, shells).count(lattice);
    for (int s = 1; s <= shells; s++) {
      for (int[] pair : kinds.all()) {
        assertThat(counts.of(s, pair[0], pair[1]))
            .as("shell %d, %d-%d", s, pair[0], pair[1])
            .isEqualTo(counts.of(s, pair[1], pair[0]))
            .isEqualTo(plain(lattice, s, pair[0], pair[1]));
      }
    }
  }

  @Test
  void countsAreThoseOfAllBondsInAllShells() {
    check(RandomAlloy.of(Crystal.bcc(), 5, 6, 7, 3, 20, 1), 3, 8);
    check(RandomAlloy.of(Crystal.fcc(), 4, 5, 6, 5, 9, 2), 5, 4);
    check(RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 1, 1, 3), 1, 8);
    check(RandomAlloy.of(Crystal.fcc(), 4, 4, 4, 15, 0, 4), 15, 4);
  }

  @Test
  void sumRulesLeaveTheParametersThatAreNamed() {
    PairKinds kinds = new PairKinds(3);
    assertThat(kinds.pairs()).isEqualTo(10);
    assertThat(kinds.parameters()).containsExactly(1, 2, 5, 6, 8);
    assertThat(kinds.vacancyParameters()).isEqualTo(2);
    assertThat(kinds.names(java.util.List.of("Nb", "Mo", "Ta")))
        .containsExactly(
            "vacancy-vacancy",
            "vacancy-Nb",
            "vacancy-Mo",
            "vacancy-Ta",
            "Nb-Nb",
            "Nb-Mo",
            "Nb-Ta",
            "Mo-Mo",
            "Mo-Ta",
            "Ta-Ta");
    assertThat(new PairKinds(1).parameters()).isEmpty();
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 6, 3, 12, 8);
    PairCounts counts = new PairCounts.Counter(lattice.crystal(), kinds, 8).count(lattice);
    long[] sites = lattice.counts();
    for (int s = 1; s <= 8; s++) {
      for (int a = 0; a <= 3; a++) {
        long ends = counts.of(s, a, a);
        for (int b = 0; b <= 3; b++) {
          ends += counts.of(s, a, b);
        }
        assertThat(ends).isEqualTo(sites[a] * Crystal.bcc().shell(0, s).size());
      }
    }
  }

  @Test
  void shellsBeyondTheCrystalAreRefused() {
    Lattice lattice = RandomAlloy.of(Crystal.fcc(), 4, 4, 4, 2, 0, 1);
    assertThatThrownBy(() -> new PairCounts.Counter(lattice.crystal(), new PairKinds(2), 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ExchangeLattice(lattice, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
