package org.latticelift.sim.vacancy.hamiltonian;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Counts the smallest triangles of a lattice by the species of their corners: two nearest
 * neighbours of a site, the apex, that are as near to each other as such neighbours can be (second
 * neighbours in bcc, 12 per site; first neighbours in fcc, 24 per site and each triangle from all
 * three corners). No pair Hamiltonian is fitted to them, so they tell how much more than pairs
 * there is in a state. Cost: about 100 ns per site.
 */
public final class Triangles {
  private final int species;
  private final int[][][] corners;
  private final int environmentSize;

  /** Lab indices of the two other corners, for each basis position of the apex. */
  private final int[][][] ends;

  /** For one crystal. */
  public Triangles(Crystal crystal, int species) {
    this.species = species;
    environmentSize = crystal.environmentSize();
    corners = new int[species + 1][species + 1][species + 1];
    int next = 0;
    for (int apex = 1; apex <= species; apex++) {
      for (int b = 1; b <= species; b++) {
        for (int c = b; c <= species; c++) {
          corners[apex][b][c] = next;
          corners[apex][c][b] = next++;
        }
      }
    }
    ends = new int[crystal.basisCount()][][];
    for (int basis = 0; basis < ends.length; basis++) {
      ends[basis] = closest(crystal, basis);
    }
  }

  private static int[][] closest(Crystal crystal, int basis) {
    EnvironmentGeometry g = crystal.environment(basis);
    int[] near = IntStream.range(0, g.sites()).filter(j -> g.shellOf(j) == 1).toArray();
    double least = Double.POSITIVE_INFINITY;
    List<int[]> found = new ArrayList<>();
    for (int i : near) {
      for (int j : near) {
        double distance =
            i < j ? distance(crystal, basis, g.offset(i), g.offset(j)) : Double.POSITIVE_INFINITY;
        if (distance < least - 1e-6) {
          least = distance;
          found.clear();
        }
        if (distance < least + 1e-6) {
          found.add(new int[] {i, j});
        }
      }
    }
    return found.toArray(new int[0][]);
  }

  private static double distance(Crystal crystal, int basis, SiteOffset a, SiteOffset b) {
    double[] to = crystal.spec().vector(basis, a);
    double[] from = crystal.spec().vector(basis, b);
    double square = 0;
    for (int axis = 0; axis < 3; axis++) {
      square += (to[axis] - from[axis]) * (to[axis] - from[axis]);
    }
    return Math.sqrt(square);
  }

  /** Number of kinds of triangles; species times unordered pairs of species. */
  public int types() {
    return species * species * (species + 1) / 2;
  }

  /**
   * Counts triangles of atoms ({@code lattice}: of the crystal; not modified), per site of the
   * lattice: for each apex, the pairs (1,1), (1,2), ... of the others.
   */
  public double[] perSite(Lattice lattice) {
    long[] counts = new long[types()];
    byte[] around = new byte[environmentSize];
    for (int x = 0; x < lattice.nx(); x++) {
      for (int y = 0; y < lattice.ny(); y++) {
        for (int z = 0; z < lattice.nz(); z++) {
          for (int basis = 0; basis < ends.length; basis++) {
            int apex = lattice.get(x, y, z, basis);
            if (apex != Lattice.VACANCY) {
              lattice.gather(x, y, z, basis, around, 0);
              count(corners[apex], ends[basis], around, counts);
            }
          }
        }
      }
    }
    double[] result = new double[counts.length];
    for (int t = 0; t < result.length; t++) {
      result[t] = (double) counts[t] / lattice.sites();
    }
    return result;
  }

  private static void count(int[][] corners, int[][] ends, byte[] around, long[] counts) {
    for (int[] pair : ends) {
      byte b = around[pair[0]];
      byte c = around[pair[1]];
      if (b != Lattice.VACANCY && c != Lattice.VACANCY) {
        counts[corners[b][c]]++;
      }
    }
  }

  /**
   * What a random arrangement of the same atoms has on average ({@code atoms}: sites of each kind,
   * 0 the vacancy), in the order of {@link #perSite}.
   */
  public double[] random(long[] atoms) {
    double n = 0;
    for (int a = 0; a <= species; a++) {
      n += atoms[a];
    }
    double[] result = new double[types()];
    for (int apex = 1; apex <= species; apex++) {
      for (int b = 1; b <= species; b++) {
        for (int c = 1; c <= species; c++) {
          double three =
              atoms[apex] * (atoms[b] - same(b, apex)) * (atoms[c] - same(c, apex) - same(c, b));
          result[corners[apex][b][c]] += ends[0].length * three / (n * (n - 1) * (n - 2));
        }
      }
    }
    return result;
  }

  private static double same(int a, int b) {
    return a == b ? 1 : 0;
  }
}
