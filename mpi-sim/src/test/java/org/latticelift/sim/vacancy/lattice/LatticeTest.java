package org.latticelift.sim.vacancy.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

class LatticeTest {
  private static Lattice random(Crystal crystal, int nx, int ny, int nz) {
    Lattice lattice = new Lattice(crystal, nx, ny, nz);
    RandomStream stream = new Streams(7).stream(Purpose.CHECK, nx, ny, nz);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) stream.below(4));
    }
    return lattice;
  }

  @Test
  void gatherEqualsOneNeighbourAtATime() {
    for (Crystal crystal : new Crystal[] {Crystal.bcc(), Crystal.fcc()}) {
      Lattice lattice = random(crystal, 5, 7, 9);
      byte[] environment = new byte[crystal.environmentSize() + 3];
      for (int x = 0; x < 5; x++) {
        for (int y = 0; y < 7; y++) {
          for (int z = 0; z < 9; z++) {
            for (int b = 0; b < crystal.basisCount(); b++) {
              lattice.gather(x, y, z, b, environment, 3);
              EnvironmentGeometry g = crystal.environment(b);
              for (int j = 0; j < g.sites(); j++) {
                long neighbour = lattice.neighbour(lattice.index(x, y, z, b), g.offset(j));
                assertThat(environment[3 + j]).isEqualTo(lattice.get(neighbour));
              }
            }
          }
        }
      }
    }
  }

  @Test
  void gatherInPlanesTooLargeForATable() {
    Lattice lattice = random(Crystal.bcc(), 5, 50, 60);
    byte[] environment = new byte[112];
    EnvironmentGeometry[] g = {Crystal.bcc().environment(0), Crystal.bcc().environment(1)};
    RandomStream stream = new Streams(8).stream(Purpose.CHECK);
    for (int i = 0; i < 2000; i++) {
      long site = stream.below(lattice.sites());
      int b = SiteIndex.b(site, 2);
      lattice.gather(
          SiteIndex.x(site, 50, 60, 2),
          SiteIndex.y(site, 50, 60, 2),
          SiteIndex.z(site, 60, 2),
          b,
          environment,
          0);
      for (int j = 0; j < 112; j++) {
        assertThat(environment[j]).isEqualTo(lattice.get(lattice.neighbour(site, g[b].offset(j))));
      }
    }
  }

  @Test
  void everyEnvironmentOfTheSmallestLatticeHasDistinctSites() {
    Lattice lattice = new Lattice(Crystal.bcc(), 5, 5, 5);
    EnvironmentGeometry g = Crystal.bcc().environment(0);
    assertThat(
            java.util.stream.IntStream.range(0, g.sites())
                .mapToLong(j -> lattice.neighbour(0, g.offset(j)))
                .distinct()
                .count())
        .isEqualTo(112);
    assertFails(() -> new Lattice(Crystal.bcc(), 8, 4, 8), "at least 5 cells per axis");
  }

  @Test
  void siteNumbersOfThirteenHundredCellsPerSideNeed64Bits() {
    int n = 1300;
    long last = SiteIndex.of(n - 1, n - 1, n - 1, 1, n, n, 2);
    assertThat(last).isEqualTo(4_393_999_999L);
    assertThat(SiteIndex.x(last, n, n, 2)).isEqualTo(n - 1);
    assertThat(SiteIndex.y(last, n, n, 2)).isEqualTo(n - 1);
    assertThat(SiteIndex.z(last, n, 2)).isEqualTo(n - 1);
    assertThat(SiteIndex.b(last, 2)).isEqualTo(1);
    assertThat(SiteIndex.x(SiteIndex.of(700, 3, 5, 0, n, n, 2), n, n, 2)).isEqualTo(700);
  }

  @Test
  void vacanciesAndCountsAgree() {
    Lattice lattice = random(Crystal.bcc(), 6, 5, 7);
    long[] vacancies = lattice.vacancies();
    assertThat(vacancies.length).isEqualTo((int) lattice.counts()[0]).isPositive();
    for (long site : vacancies) {
      assertThat(lattice.get(site)).isZero();
    }
  }

  /** Half-grid coordinates of a BCC site. */
  private static long[] coordinates(Lattice lattice, long site) {
    int b = SiteIndex.b(site, 2);
    return new long[] {
      2L * SiteIndex.x(site, lattice.ny(), lattice.nz(), 2) + b,
      2L * SiteIndex.y(site, lattice.ny(), lattice.nz(), 2) + b,
      2L * SiteIndex.z(site, lattice.nz(), 2) + b
    };
  }

  @Test
  void halfGridKeepsEverySite() {
    byte[] grid = new byte[1000];
    for (int i = 0; i < 1000; i++) {
      int x = i / 100;
      int y = i / 10 % 10;
      int z = i % 10;
      boolean site = (x & 1) == (y & 1) && (y & 1) == (z & 1);
      grid[i] = (byte) (site ? i % 4 : -1);
    }
    Lattice lattice = HalfGrid.toLattice(grid, 10, "test");
    for (long site = 0; site < lattice.sites(); site++) {
      long[] p = coordinates(lattice, site);
      assertThat(lattice.get(site)).isEqualTo(grid[(int) (p[0] * 100 + p[1] * 10 + p[2])]);
    }
    grid[1] = 2;
    assertFails(() -> HalfGrid.toLattice(grid, 10, "g.h5 grid[0]"), "[0,0,1]");
  }
}
