package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates.SiteClass;

class SpinLatticeTest {
  @Test
  void countsFollowFlipsAsARecountDoes() {
    for (int side : new int[] {3, 4, 7, 16}) {
      RandomStream stream = Spins.stream(side);
      SpinLattice lattice = SpinLattice.of(Spins.random(side, 0.6, stream));
      for (int i = 0; i < 500; i++) {
        lattice.flip(stream.below(lattice.sites()));
        requireConsistent(lattice);
      }
    }
  }

  /** Classes, counts and sums of a lattice equal those made from its spins anew. */
  static void requireConsistent(SpinLattice lattice) {
    byte[] spins = lattice.spins();
    SpinLattice anew = SpinLattice.of(spins);
    for (int site = 0; site < lattice.sites(); site++) {
      if (SiteClass.isFrozen(lattice.codes()[site])) {
        anew.freeze(site);
      }
    }
    assertThat(lattice.codes()).isEqualTo(anew.codes());
    assertThat(lattice.counts()).isEqualTo(anew.counts());
    assertThat(lattice.magnetisation()).isEqualTo(Spins.sum(spins));
    assertThat(lattice.walls()).isEqualTo(Spins.walls(spins));
  }

  @Test
  void densitiesOfKnownPatterns() {
    SpinLattice down = new SpinLattice(4);
    assertThat(down.meanSpin()).isEqualTo(-1);
    assertThat(down.wallDensity()).isZero();
    down.flip(5);
    assertThat(down.walls()).isEqualTo(4);
    byte[] board = new byte[16];
    for (int i = 0; i < 16; i++) {
      board[i] = (byte) ((i / 4 + i % 4) % 2 == 0 ? 1 : -1);
    }
    assertThat(SpinLattice.of(board).wallDensity()).isEqualTo(1);
    assertThat(SpinLattice.of(board).meanSpin()).isZero();
  }

  @Test
  void copiesAreIndependent() {
    SpinLattice lattice = SpinLattice.of(Spins.random(5, 0.5, Spins.stream(1)));
    SpinLattice copy = lattice.copy();
    copy.flip(3);
    assertThat(copy.spin(3)).isEqualTo(-lattice.spin(3));
    requireConsistent(lattice);
    requireConsistent(copy);
  }

  @Test
  void refusesSidesOnWhichNeighboursCoincide() {
    assertFails(() -> new SpinLattice(2), "3 to 32768");
    assertThatThrownBy(() -> SpinLattice.of(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
