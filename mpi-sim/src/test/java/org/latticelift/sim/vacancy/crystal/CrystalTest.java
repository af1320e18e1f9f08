package org.latticelift.sim.vacancy.crystal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.vacancy.crystal.Crystal.CrystalSpec;

class CrystalTest {
  /** AL-05, in half-grid units. */
  private static final int[][] DIRECTIONS = {
    {-1, -1, -1},
    {-1, -1, 1},
    {-1, 1, -1},
    {-1, 1, 1},
    {1, -1, -1},
    {1, -1, 1},
    {1, 1, -1},
    {1, 1, 1}
  };

  private static int[] halfGrid(int basis, SiteOffset o) {
    int shift = o.basis() - basis;
    return new int[] {2 * o.dx() + shift, 2 * o.dy() + shift, 2 * o.dz() + shift};
  }

  @Test
  void bccHasTheShellsOfAl13() {
    int[] sites = {8, 6, 12, 24, 8, 6, 24, 24};
    int[] squares = {3, 4, 8, 11, 12, 16, 19, 20};
    for (int basis = 0; basis < 2; basis++) {
      EnvironmentGeometry g = Crystal.bcc().environment(basis);
      assertThat(g.sites()).isEqualTo(112);
      assertThat(g.shellCount()).isEqualTo(8);
      for (int shell = 1; shell <= 8; shell++) {
        List<SiteOffset> members = Crystal.bcc().shell(basis, shell);
        assertThat(members).hasSize(sites[shell - 1]);
        for (SiteOffset o : members) {
          assertThat(Arrays.stream(halfGrid(basis, o)).map(v -> v * v).sum())
              .isEqualTo(squares[shell - 1]);
        }
      }
    }
  }

  @Test
  void bccLabOrderIsTheFlatteningOfAl22() {
    for (int basis = 0; basis < 2; basis++) {
      EnvironmentGeometry g = Crystal.bcc().environment(basis);
      int previous = -1;
      for (int j = 0; j < g.sites(); j++) {
        int[] p = halfGrid(basis, g.offset(j));
        int index = 81 * (p[0] + 4) + 9 * (p[1] + 4) + p[2] + 4;
        assertThat(index).isGreaterThan(previous);
        previous = index;
      }
    }
  }

  @Test
  void bccCanonicalMapsAreTheScatterColumnOfAl20() {
    for (int basis = 0; basis < 2; basis++) {
      EnvironmentGeometry g = Crystal.bcc().environment(basis);
      for (int d = 0; d < 8; d++) {
        assertThat(halfGrid(basis, g.offset(g.hopTarget(d)))).isEqualTo(DIRECTIONS[d]);
        for (int k = 0; k < g.sites(); k++) {
          int[] from = halfGrid(basis, g.offset(g.canonical(d, k)));
          assertThat(scatter(d, from)).isEqualTo(halfGrid(basis, g.offset(k)));
        }
        int[] reversed = DIRECTIONS[g.reverse(d)];
        assertThat(reversed).isEqualTo(Arrays.stream(DIRECTIONS[d]).map(v -> -v).toArray());
      }
    }
  }

  /** "Atom at (p,q,r) goes to" of AL-20. */
  private static int[] scatter(int d, int[] v) {
    int p = v[0];
    int q = v[1];
    int r = v[2];
    return switch (d) {
      case 0 -> new int[] {-p, -q, -r};
      case 1 -> new int[] {-p, -q, r};
      case 2 -> new int[] {q, -p, -r};
      case 3 -> new int[] {q, -p, r};
      case 4 -> new int[] {-q, p, -r};
      case 5 -> new int[] {-q, p, r};
      case 6 -> new int[] {p, q, -r};
      default -> new int[] {p, q, r};
    };
  }

  @Test
  void fccHasTwelveHopsAndPermutingMaps() {
    Crystal fcc = Crystal.fcc();
    assertThat(fcc.hopCount()).isEqualTo(12);
    assertThat(fcc.environmentSize()).isEqualTo(54);
    for (int basis = 0; basis < 4; basis++) {
      EnvironmentGeometry g = fcc.environment(basis);
      for (int d = 0; d < 12; d++) {
        int[] map = new int[g.sites()];
        for (int k = 0; k < map.length; k++) {
          map[k] = g.canonical(d, k);
        }
        assertThat(Arrays.stream(map).distinct().count()).isEqualTo(54);
        assertThat(g.canonical(d, g.hopTarget(11))).isEqualTo(g.hopTarget(d));
        assertThat(distances(fcc, basis, map)).isEqualTo(distances(fcc, basis, null));
      }
    }
  }

  private static List<Long> distances(Crystal crystal, int basis, int[] map) {
    EnvironmentGeometry g = crystal.environment(basis);
    return java.util.stream.IntStream.range(0, g.sites())
        .mapToObj(k -> crystal.spec().vector(basis, g.offset(map == null ? k : map[k])))
        .map(v -> Math.round(1e6 * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2])))
        .toList();
  }

  @Test
  void diamondLikeCrystalsWithTwoKindsOfSitesWork() {
    double a = 5.43;
    List<List<Double>> basis =
        List.of(
            List.of(0.0, 0.0, 0.0),
            List.of(0.0, 0.5, 0.5),
            List.of(0.5, 0.0, 0.5),
            List.of(0.5, 0.5, 0.0),
            List.of(0.25, 0.25, 0.25),
            List.of(0.25, 0.75, 0.75),
            List.of(0.75, 0.25, 0.75),
            List.of(0.75, 0.75, 0.25));
    Crystal diamond =
        Crystal.of(
            new CrystalSpec(
                "diamond",
                List.of(List.of(a, 0.0, 0.0), List.of(0.0, a, 0.0), List.of(0.0, 0.0, a)),
                basis,
                a * Math.sqrt(3) / 4,
                0.9 * a,
                CrystalSpec.cubicPointGroup()));
    assertThat(diamond.hopCount()).isEqualTo(4);
    assertThat(diamond.environmentSize()).isEqualTo(4 + 12 + 12);
    for (int b = 0; b < 8; b++) {
      for (int d = 0; d < 4; d++) {
        assertThat(diamond.environment(b).reverse(d)).isBetween(0, 3);
      }
    }
  }
}
