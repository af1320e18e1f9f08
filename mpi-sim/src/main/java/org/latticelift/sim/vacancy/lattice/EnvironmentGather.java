package org.latticelift.sim.vacancy.lattice;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * Reads the environment of a site of one basis position, one run of sites in the same plane after
 * the other. Indices wrap near the rim of a plane, always in the same way at the same distance from
 * the rim; so a few tables, one for each pair of such distances and of interiors, hold where the
 * environment sites are. They do not grow with the lattice: 11 kB for the 25 pairs of BCC. Cost for
 * the 112 sites of BCC, two loads and a store each, measured by {@code LatticeBenchmark}: 60 to 80
 * ns anywhere in the lattice.
 */
final class EnvironmentGather {
  private final int sites;
  private final int ny;
  private final int nz;
  private final int basis;

  /** Furthest in a plane, and how many distances from the rims differ per axis. */
  private final int reach;

  private final int kindsY;
  private final int kindsZ;

  /** First environment site of each run in one plane, and the plane from the centre. */
  private final int[] runStart;

  private final int[] runPlane;

  /** For each pair of kinds: from the place of the centre's cell to each environment site. */
  private final int[][] distance;

  private EnvironmentGather(EnvironmentGeometry g, int basis, int ny, int nz) {
    this.sites = g.sites();
    this.ny = ny;
    this.nz = nz;
    this.basis = basis;
    reach =
        IntStream.range(0, sites)
            .map(j -> Math.max(Math.abs(g.dy(j)), Math.abs(g.dz(j))))
            .max()
            .orElse(0);
    kindsY = Math.min(ny, 2 * reach + 1);
    kindsZ = Math.min(nz, 2 * reach + 1);
    int[] starts =
        IntStream.range(0, sites).filter(j -> j == 0 || g.dx(j) != g.dx(j - 1)).toArray();
    runPlane = Arrays.stream(starts).map(g::dx).toArray();
    runStart = Arrays.copyOf(starts, starts.length + 1);
    runStart[starts.length] = sites;
    distance = new int[kindsY * kindsZ][];
    for (int kind = 0; kind < distance.length; kind++) {
      distance[kind] = distances(g, kind / kindsZ, kind % kindsZ);
    }
  }

  private int[] distances(EnvironmentGeometry g, int kindY, int kindZ) {
    int y = example(kindY, ny, kindsY);
    int z = example(kindZ, nz, kindsZ);
    int[] result = new int[sites];
    for (int j = 0; j < sites; j++) {
      int toY = wrap(y + g.dy(j), ny);
      int toZ = wrap(z + g.dz(j), nz);
      result[j] = ((toY - y) * nz + toZ - z) * basis + g.basis(j);
    }
    return result;
  }

  /** The kind of an index: itself near the first, from the end near the last, else reach. */
  private int kind(int i, int n, int kinds) {
    if (i < reach) {
      return i;
    }
    return n - i <= reach ? kinds - (n - i) : reach;
  }

  /** An index of a kind. */
  private int example(int kind, int n, int kinds) {
    return kind <= reach ? kind : n - (kinds - kind);
  }

  static EnvironmentGather[] of(Crystal crystal, int ny, int nz) {
    EnvironmentGather[] result = new EnvironmentGather[crystal.basisCount()];
    for (int b = 0; b < result.length; b++) {
      result[b] = new EnvironmentGather(crystal.environment(b), result.length, ny, nz);
    }
    return result;
  }

  void gather(byte[][] planes, int x, int y, int z, byte[] environment, int at) {
    int[] from = distance[kind(y, ny, kindsY) * kindsZ + kind(z, nz, kindsZ)];
    int cell = (y * nz + z) * basis;
    int nx = planes.length;
    for (int run = 0; run < runPlane.length; run++) {
      byte[] codes = planes[wrap(x + runPlane[run], nx)];
      int end = runStart[run + 1];
      for (int j = runStart[run]; j < end; j++) {
        environment[at + j] = codes[cell + from[j]];
      }
    }
  }

  private static int wrap(int i, int n) {
    if (i < 0) {
      return i + n;
    }
    return i >= n ? i - n : i;
  }
}
