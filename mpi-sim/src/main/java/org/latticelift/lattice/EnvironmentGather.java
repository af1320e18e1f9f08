package org.latticelift.lattice;

import org.latticelift.crystal.Crystal;
import org.latticelift.crystal.EnvironmentGeometry;

/**
 * Reads the environment of a site of one basis position. In the interior of a plane an environment
 * site is a constant distance away; near its rim indices wrap. Cost: one load for the code and one
 * or two for the position per environment site, about 0.15 microseconds for the 112 sites of BCC.
 */
final class EnvironmentGather {
  private final int ny;
  private final int nz;
  private final int basis;
  private final int centre;
  private final int reach;
  private final int[] plane;
  private final int[] inPlane;
  private final int[] row;
  private final int[] column;
  private final int[] target;

  private EnvironmentGather(EnvironmentGeometry g, int centre, int basis, int ny, int nz) {
    this.ny = ny;
    this.nz = nz;
    this.basis = basis;
    this.centre = centre;
    int n = g.sites();
    int furthest = 0;
    for (int j = 0; j < n; j++) {
      furthest = Math.max(furthest, Math.abs(g.dx(j)));
      furthest = Math.max(furthest, Math.max(Math.abs(g.dy(j)), Math.abs(g.dz(j))));
    }
    reach = furthest;
    plane = new int[n];
    inPlane = new int[n];
    row = new int[n];
    column = new int[n];
    target = new int[n];
    for (int j = 0; j < n; j++) {
      plane[j] = g.dx(j);
      row[j] = g.dy(j);
      column[j] = g.dz(j);
      target[j] = g.basis(j);
      inPlane[j] = (g.dy(j) * nz + g.dz(j)) * basis + g.basis(j) - centre;
    }
  }

  static EnvironmentGather[] of(Crystal crystal, int ny, int nz) {
    EnvironmentGather[] result = new EnvironmentGather[crystal.basisCount()];
    for (int b = 0; b < result.length; b++) {
      result[b] = new EnvironmentGather(crystal.environment(b), b, result.length, ny, nz);
    }
    return result;
  }

  void gather(byte[][] planes, int x, int y, int z, byte[] environment, int at) {
    if (y >= reach && y < ny - reach && z >= reach && z < nz - reach) {
      interior(planes, x, (y * nz + z) * basis + centre, environment, at);
    } else {
      rim(planes, x, y, z, environment, at);
    }
  }

  private void interior(byte[][] planes, int x, int site, byte[] environment, int at) {
    int nx = planes.length;
    for (int j = 0; j < plane.length; j++) {
      environment[at + j] = planes[wrap(x + plane[j], nx)][site + inPlane[j]];
    }
  }

  private void rim(byte[][] planes, int x, int y, int z, byte[] environment, int at) {
    int nx = planes.length;
    for (int j = 0; j < plane.length; j++) {
      int inRow = wrap(y + row[j], ny) * nz + wrap(z + column[j], nz);
      environment[at + j] = planes[wrap(x + plane[j], nx)][inRow * basis + target[j]];
    }
  }

  private static int wrap(int i, int n) {
    if (i < 0) {
      return i + n;
    }
    return i >= n ? i - n : i;
  }
}
