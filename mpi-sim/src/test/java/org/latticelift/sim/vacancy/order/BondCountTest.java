package org.latticelift.sim.vacancy.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.BondCounts.PaddedBondCount;
import org.latticelift.sim.vacancy.order.BondCounts.PlainBondCount;

/** Bonds counted by vectors against the plain twin. */
class BondCountTest {
  private static void compare(Lattice lattice, CellBox box, int shell, int species) {
    List<List<SiteOffset>> forward = PairCounter.forward(lattice.crystal(), shell);
    BondCount fast = BondCounts.fastest(forward, species);
    assertThat(fast).isInstanceOf(PaddedBondCount.class);
    assertThat(bonds(fast, lattice, box, species))
        .as("shell %d, %d species, %s", shell, species, box)
        .isEqualTo(bonds(new PlainBondCount(forward), lattice, box, species));
  }

  /** Of species only. */
  private static long[] bonds(BondCount count, Lattice lattice, CellBox box, int species) {
    long[] histogram = new long[BondCount.CODES * BondCount.CODES];
    count.add(lattice, box, histogram);
    for (int k = 0; k < histogram.length; k++) {
      int owner = k / BondCount.CODES;
      int other = k % BondCount.CODES;
      if (owner == 0 || owner > species || other == 0 || other > species) {
        histogram[k] = 0;
      }
    }
    return histogram;
  }

  /** Each number of species, 1 to 15, in both crystals, twice. */
  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void vectorsCountWhatThePlainTwinCounts(int seed) {
    Crystal crystal = seed % 2 == 0 ? Crystal.bcc() : Crystal.fcc();
    int species = 1 + seed / 2 % 15;
    RandomStream stream = RandomAlloy.stream(seed, 1);
    int[] n = {5 + stream.below(20), 5 + stream.below(20), 5 + stream.below(80)};
    Lattice lattice = RandomAlloy.of(crystal, n[0], n[1], n[2], species, stream.below(300), seed);
    int shell = 1 + stream.below(4);
    compare(lattice, CellBox.all(lattice), shell, species);
    CellBox box =
        new CellBox(
            stream.below(n[0]),
            stream.below(n[1]),
            stream.below(n[2]),
            1 + stream.below(n[0]),
            1 + stream.below(n[1]),
            1 + stream.below(n[2]));
    compare(lattice, box, shell, species);
  }

  /** Sums of bytes are carried over in time: every site has the most bonds it can have. */
  @Test
  void oneSpeciesFillsEverySum() {
    for (Crystal crystal : List.of(Crystal.bcc(), Crystal.fcc())) {
      Lattice lattice = RandomAlloy.of(crystal, 33, 20, 70, 1, 0, 5);
      for (int shell = 1; shell <= 4; shell++) {
        compare(lattice, CellBox.all(lattice), shell, 1);
        compare(lattice, CellBox.all(lattice), shell, 2);
      }
    }
  }

  /** A species that nobody named is no pair. */
  @Test
  void otherCodesAreNotCounted() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 6, 7, 8, 5, 9, 5);
    for (int species = 1; species <= 5; species++) {
      compare(lattice, CellBox.all(lattice), 1, species);
    }
  }
}
