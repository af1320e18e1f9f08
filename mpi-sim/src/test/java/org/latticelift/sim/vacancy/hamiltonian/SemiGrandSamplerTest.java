package org.latticelift.sim.vacancy.hamiltonian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.hamiltonian.SemiGrandSampler.Factors;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Thermodynamic factors against what is known exactly (EX-61). */
class SemiGrandSamplerTest {
  private static final double ERRORS = 4;

  private static Factors factors(
      EffectiveHamiltonian hamiltonian, ExchangeLattice sites, int records, double... shares) {
    return new SemiGrandSampler(hamiltonian, sites)
        .factors(shares, records, RandomAlloy.stream(7, shares.length));
  }

  private static ExchangeLattice block(Lattice lattice, int nx, int ny, int nz) {
    ExchangeLattice sites = new ExchangeLattice(lattice, nx, ny, nz, 2);
    sites.load(lattice);
    return sites;
  }

  private static void near(Factors found, double[][] expected, double most) {
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        double error = found.theta().error()[i][j];
        assertThat(error).isBetween(1e-4 * expected[i][i], most * expected[i][i]);
        assertThat(found.theta().all()[i][j]).isCloseTo(expected[i][j], within(ERRORS * error));
      }
    }
  }

  @Test
  void anIdealAlloyHasTheFactorsOfIdealMixing() {
    double[][] compositions = {{0.5, 0.5}, {0.1, 0.9}, {0.5, 0.3, 0.2}, {0.1, 0.2, 0.3, 0.4}};
    for (double[] shares : compositions) {
      int n = shares.length;
      EffectiveHamiltonian none = EffectiveHamiltonian.none(new PairKinds(n), 2);
      Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, n, 0, 3);
      Factors found = factors(none, block(lattice, 5, 5, 5), 300, shares);
      double[] x = found.shares();
      double[][] ideal = new double[n - 1][n - 1];
      for (int i = 0; i < n - 1; i++) {
        assertThat(x[i]).isCloseTo(shares[i], within(0.005));
        Arrays.fill(ideal[i], 1 / x[n - 1]);
        ideal[i][i] += 1 / x[i];
      }
      near(found, ideal, 0.03);
      assertThat(found.onePhase()).isTrue();
    }
  }

  /** A block of 12 sites in frozen surroundings: all of its 3^12 states. */
  @Test
  void factorsAreThoseOfAnExactEnumeration() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 3, 0, 21);
    double[] parameters = {9, 9, -0.7, -0.4, 0.3, 9, 9, 0.2, 0.4, -0.3};
    EffectiveHamiltonian hamiltonian = new EffectiveHamiltonian(new PairKinds(3), 2, parameters);
    Factors found = factors(hamiltonian, block(lattice, 1, 2, 3), 6000, 0.45, 0.35, 0.2);
    Enumeration exact = new Enumeration(lattice, hamiltonian, found.potential());
    assertThat(found.shares()[0]).isCloseTo(0.45, within(0.01));
    for (int i = 0; i < 3; i++) {
      assertThat(found.shares()[i]).isCloseTo(exact.mean(i + 1) / Enumeration.FREE, within(0.004));
    }
    near(found, exact.factors(), 0.02);
    double ideal = 1 / found.shares()[0] + 1 / found.shares()[2];
    assertThat(Math.abs(exact.factors()[0][0] / ideal - 1)).isGreaterThan(0.2);
  }

  @Test
  void whatSeparatesIsNoSinglePhase() {
    EffectiveHamiltonian hamiltonian =
        new EffectiveHamiltonian(new PairKinds(2), 2, new double[] {0, 0.6, 0, 0});
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 2, 0, 3);
    assertThat(factors(hamiltonian, block(lattice, 5, 5, 5), 50, 0.5, 0.5).onePhase()).isFalse();
  }

  /** Sums over all states of a block of 1 x 2 x 3 cells. */
  private static final class Enumeration {
    private static final int FREE = 12;
    private final EffectiveHamiltonian hamiltonian;
    private final double[] potential;

    /** Shells between free sites, [i][j][shell - 1], and of each with fixed kinds. */
    private final int[][][] bonds = new int[FREE][FREE][2];

    private final double[][] field = new double[FREE][4];
    private final int[] kinds = new int[FREE];
    private final double[] sum = new double[4];
    private final double[][] products = new double[4][4];
    private double weights;

    Enumeration(Lattice lattice, EffectiveHamiltonian hamiltonian, double[] potential) {
      this.hamiltonian = hamiltonian;
      this.potential = potential;
      long[] sites = new long[FREE];
      for (int site = 0; site < FREE; site++) {
        int cell = site / 2;
        sites[site] = lattice.index(0, cell / 3, cell % 3, site % 2);
      }
      for (int site = 0; site < FREE; site++) {
        for (int s = 1; s <= 2; s++) {
          for (SiteOffset offset : lattice.crystal().shell(site % 2, s)) {
            long to = lattice.neighbour(sites[site], offset);
            int free = Arrays.stream(sites).boxed().toList().indexOf(to);
            if (free >= 0) {
              bonds[site][free][s - 1]++;
            } else {
              for (int kind = 1; kind <= 3; kind++) {
                field[site][kind] += hamiltonian.of(s, kind, lattice.get(to));
              }
            }
          }
        }
      }
      visit(0, 0);
    }

    private void visit(int site, double energy) {
      if (site == FREE) {
        double[] count = new double[4];
        Arrays.stream(kinds).forEach(kind -> count[kind]++);
        double weight = Math.exp(-energy);
        weights += weight;
        for (int i = 1; i <= 3; i++) {
          sum[i] += weight * count[i];
          for (int j = 1; j <= 3; j++) {
            products[i][j] += weight * count[i] * count[j];
          }
        }
        return;
      }
      for (int kind = 1; kind <= 3; kind++) {
        kinds[site] = kind;
        double more = field[site][kind] - potential[kind - 1];
        for (int other = 0; other < site; other++) {
          more += bonds[site][other][0] * hamiltonian.of(1, kind, kinds[other]);
          more += bonds[site][other][1] * hamiltonian.of(2, kind, kinds[other]);
        }
        visit(site + 1, energy + more);
      }
    }

    double mean(int kind) {
      return sum[kind] / weights;
    }

    double[][] factors() {
      double[][] c = new double[2][2];
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          c[i][j] = (products[i + 1][j + 1] / weights - mean(i + 1) * mean(j + 1)) / FREE;
        }
      }
      double determinant = c[0][0] * c[1][1] - c[0][1] * c[1][0];
      return new double[][] {
        {c[1][1] / determinant, -c[0][1] / determinant},
        {-c[1][0] / determinant, c[0][0] / determinant}
      };
    }
  }
}
