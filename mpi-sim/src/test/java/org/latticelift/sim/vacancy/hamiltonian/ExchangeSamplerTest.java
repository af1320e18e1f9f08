package org.latticelift.sim.vacancy.hamiltonian;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;

class ExchangeSamplerTest {
  private static EffectiveHamiltonian random(int species, int shells, double scale, long seed) {
    PairKinds kinds = new PairKinds(species);
    RandomStream stream = RandomAlloy.stream(seed, 1);
    double[] j = new double[shells * kinds.parameters().length];
    java.util.Arrays.setAll(j, i -> scale * (2 * stream.uniform() - 1));
    return new EffectiveHamiltonian(kinds, shells, j);
  }

  private static void sameBits(Lattice lattice, EffectiveHamiltonian hamiltonian) {
    Lattice twin = lattice.copy();
    new PlainExchangeSampler(hamiltonian, twin).attempt(6000, RandomAlloy.stream(3, 2));
    ExchangeLattice sites = new ExchangeLattice(lattice, hamiltonian.shells());
    sites.load(lattice);
    long accepted = new ExchangeSampler(hamiltonian, sites).attempt(6000, RandomAlloy.stream(3, 2));
    Lattice before = lattice.copy();
    sites.store(lattice);
    assertThat(accepted).isBetween(300L, 5700L);
    assertThat(lattice).isEqualTo(twin).isNotEqualTo(before);
    assertThat(lattice.counts()).isEqualTo(before.counts());
  }

  @Test
  void fastAndPlainSamplerGiveTheSameBits() {
    sameBits(RandomAlloy.of(Crystal.bcc(), 5, 6, 7, 3, 3, 1), random(3, 5, 0.3, 1));
    sameBits(RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 2, 40, 2), random(2, 8, 0.4, 2));
    sameBits(RandomAlloy.of(Crystal.fcc(), 4, 5, 4, 6, 2, 3), random(6, 4, 0.5, 3));
    sameBits(RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 3, 0, 4), random(3, 1, 1, 4));
  }

  /** Three sites apart from a host: every arrangement can be looked at. */
  @Test
  void statesHaveTheProbabilitiesOfAnExactEnumeration() {
    Lattice lattice = new Lattice(Crystal.bcc(), 5, 5, 5);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) 3);
    }
    for (byte kind = 0; kind < 3; kind++) {
      lattice.set(kind, kind);
    }
    EffectiveHamiltonian hamiltonian =
        new EffectiveHamiltonian(
            new PairKinds(3), 2, new double[] {-1, 0.8, -1.2, .1, -.2, -.7, .5, .6, -.1, .15});
    double[] expected = enumerate(lattice, hamiltonian);
    ExchangeLattice sites = new ExchangeLattice(lattice, 2);
    sites.load(lattice);
    ExchangeSampler sampler = new ExchangeSampler(hamiltonian, sites);
    RandomStream stream = RandomAlloy.stream(11, 0);
    int samples = 20_000;
    double[] seen = new double[expected.length];
    for (int k = 0; k < samples; k++) {
      sampler.attempt(700, stream);
      sites.store(lattice);
      seen[type(lattice)]++;
    }
    double chiSquare = 0;
    int types = 0;
    for (int t = 0; t < seen.length; t++) {
      double mean = samples * expected[t];
      if (mean > 5) {
        chiSquare += (seen[t] - mean) * (seen[t] - mean) / mean;
        types++;
      }
    }
    assertThat(types).isGreaterThan(15);
    assertThat(chiSquare).isLessThan(types + 4 * Math.sqrt(2.0 * types));
  }

  /** Probabilities of the types of arrangement around a vacancy at site 0. */
  private static double[] enumerate(Lattice like, EffectiveHamiltonian hamiltonian) {
    double[] weight = new double[27];
    double sum = 0;
    int n = (int) like.sites();
    int[] shell = new int[n];
    for (int i = 1; i < n; i++) {
      shell[i] = shell(like, 0, i);
    }
    for (int i = 1; i < n; i++) {
      for (int j = 1; j < n; j++) {
        if (i != j) {
          int between = shell(like, i, j);
          double energy =
              excess(hamiltonian, shell[i], 0, 1)
                  + excess(hamiltonian, shell[j], 0, 2)
                  + excess(hamiltonian, between, 1, 2);
          double w = Math.exp(-energy);
          weight[(shell[i] * 3 + shell[j]) * 3 + between] += w;
          sum += w;
        }
      }
    }
    for (int t = 0; t < weight.length; t++) {
      weight[t] /= sum;
    }
    return weight;
  }

  /** A bond between two of the three takes the place of a bond of each with the host. */
  private static double excess(EffectiveHamiltonian hamiltonian, int shell, int a, int b) {
    return shell == 0
        ? 0
        : hamiltonian.of(shell, a, b) - hamiltonian.of(shell, a, 3) - hamiltonian.of(shell, b, 3);
  }

  private static int type(Lattice lattice) {
    long[] at = new long[3];
    for (long site = 0; site < lattice.sites(); site++) {
      if (lattice.get(site) < 3) {
        at[lattice.get(site)] = site;
      }
    }
    return (shell(lattice, at[0], at[1]) * 3 + shell(lattice, at[0], at[2])) * 3
        + shell(lattice, at[1], at[2]);
  }

  /** 1, 2, or 0 for farther apart. */
  private static int shell(Lattice lattice, long i, long j) {
    for (int s = 1; s <= 2; s++) {
      for (SiteOffset offset : lattice.crystal().shell((int) (i % 2), s)) {
        if (lattice.neighbour(i, offset) == j) {
          return s;
        }
      }
    }
    return 0;
  }

  @Test
  void blocksExchangeWithinTheirSurroundings() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 9, 8, 10, 3, 40, 9);
    Lattice before = lattice.copy();
    EffectiveHamiltonian hamiltonian = random(3, 8, 0.3, 5);
    PairCounts.Counter counter = new PairCounts.Counter(lattice.crystal(), hamiltonian.kinds(), 8);
    ExchangeLattice block = new ExchangeLattice(lattice, 4, 8, 5, 8);
    block.load(lattice, 7, 3, 8);
    int[] around = new int[8 * ExchangeLattice.CODES];
    for (int site = 0; site < block.sites(); site++) {
      int cell = site / 2;
      long of =
          lattice.index((7 + cell / 40) % 9, (3 + cell / 5 % 8) % 8, (8 + cell % 5) % 10, site % 2);
      block.neighbours(site, 8, around);
      for (int s = 1; s <= 8; s++) {
        for (SiteOffset offset : lattice.crystal().shell(site % 2, s)) {
          around[(s - 1) * ExchangeLattice.CODES + lattice.get(lattice.neighbour(of, offset))]--;
        }
      }
      assertThat(around).containsOnly(0);
    }
    double energy = hamiltonian.energy(counter.count(lattice));
    new ExchangeSampler(hamiltonian, block).attempt(20_000, RandomAlloy.stream(4, 4));
    block.store(lattice, 7, 3, 8);
    assertThat(hamiltonian.energy(counter.count(lattice))).isLessThan(energy - 50);
    assertThat(lattice.counts()).isEqualTo(before.counts());
    for (int x = 2; x < 7; x++) {
      assertThat(lattice.plane(x)).isEqualTo(before.plane(x));
    }
    for (int y = 0; y < 8; y++) {
      for (int z = 3; z < 8; z++) {
        assertThat(lattice.get(0, y, z, 0)).isEqualTo(before.get(0, y, z, 0));
      }
    }
  }
}
