package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/** Environments and hops of a crystal as arrays: first index basis position of the centre. */
final class HopGeometry {
  final int sites;
  final int hops;

  /** Largest displacement of an environment site along an axis, cells. */
  final int reach;

  /** Displacement and basis position of environment site j. */
  final int[][] dx;

  final int[][] dy;
  final int[][] dz;
  final int[][] basis;

  /** Environment index of the target of hop d, and the direction back. */
  final int[][] target;

  final int[][] reverse;

  /** Index of the centre in the environment of environment site j. */
  final int[][] opposite;

  HopGeometry(Crystal crystal) {
    int n = crystal.basisCount();
    sites = crystal.environmentSize();
    hops = crystal.hopCount();
    dx = new int[n][sites];
    dy = new int[n][sites];
    dz = new int[n][sites];
    basis = new int[n][sites];
    target = new int[n][hops];
    reverse = new int[n][hops];
    opposite = new int[n][sites];
    for (int b = 0; b < n; b++) {
      fill(crystal, b);
    }
    reach = crystal.reach();
  }

  private void fill(Crystal crystal, int b) {
    EnvironmentGeometry g = crystal.environment(b);
    for (int j = 0; j < sites; j++) {
      dx[b][j] = g.dx(j);
      dy[b][j] = g.dy(j);
      dz[b][j] = g.dz(j);
      basis[b][j] = g.basis(j);
      opposite[b][j] =
          indexOf(crystal.environment(g.basis(j)), new SiteOffset(-g.dx(j), -g.dy(j), -g.dz(j), b));
    }
    for (int d = 0; d < hops; d++) {
      target[b][d] = g.hopTarget(d);
      reverse[b][d] = g.reverse(d);
    }
  }

  private static int indexOf(EnvironmentGeometry g, SiteOffset offset) {
    for (int j = 0; j < g.sites(); j++) {
      if (g.offset(j).equals(offset)) {
        return j;
      }
    }
    throw new IllegalArgumentException("the environments of a crystal must be symmetric");
  }

  /**
   * Classes of basis positions whose environments look alike in lab order: equal displacements in
   * space and equal maps, hence equal barriers for equal codes. BCC and FCC have one class.
   */
  static int[] classes(Crystal crystal) {
    int[] result = new int[crystal.basisCount()];
    int count = 0;
    for (int b = 0; b < result.length; b++) {
      result[b] = count;
      for (int other = 0; other < b && result[b] == count; other++) {
        if (alike(crystal, b, other)) {
          result[b] = result[other];
        }
      }
      if (result[b] == count) {
        count++;
      }
    }
    return result;
  }

  private static boolean alike(Crystal crystal, int a, int b) {
    EnvironmentGeometry ga = crystal.environment(a);
    EnvironmentGeometry gb = crystal.environment(b);
    for (int j = 0; j < ga.sites(); j++) {
      double[] va = crystal.spec().vector(a, ga.offset(j));
      double[] vb = crystal.spec().vector(b, gb.offset(j));
      for (int axis = 0; axis < 3; axis++) {
        if (Math.abs(va[axis] - vb[axis]) > 1e-6) {
          return false;
        }
      }
    }
    for (int d = 0; d < ga.hops(); d++) {
      if (ga.hopTarget(d) != gb.hopTarget(d)) {
        return false;
      }
      for (int k = 0; k < ga.sites(); k++) {
        if (ga.canonical(d, k) != gb.canonical(d, k)) {
          return false;
        }
      }
    }
    return true;
  }
}
