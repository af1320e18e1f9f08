package org.latticelift.learn.barrierfit;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * The rows of a table as a network sees them: row r is hop r mod H of environment r / H, its codes
 * permuted into the canonical frame of that hop (AL-20).
 */
final class CanonicalRows {
  private final BarrierTable table;
  private final int[][] canonical;

  CanonicalRows(BarrierTable table, Crystal crystal) {
    if (table.sites() != crystal.environmentSize() || table.hops() != crystal.hopCount()) {
      throw LatticeLiftException.badData(
          "environments of " + table.sites() + " sites and " + table.hops() + " hops",
          table.origin().source(),
          crystal.environmentSize()
              + " sites and "
              + crystal.hopCount()
              + " hops, as "
              + crystal.name()
              + " has",
          "Make the table for this crystal");
    }
    this.table = table;
    this.canonical = maps(crystal);
  }

  private static int[][] maps(Crystal crystal) {
    int[][] maps = maps(crystal.environment(0));
    for (int b = 1; b < crystal.basisCount(); b++) {
      if (!java.util.Arrays.deepEquals(maps, maps(crystal.environment(b)))) {
        throw LatticeLiftException.badData(
            "the canonical maps of " + crystal.name() + " differ between its basis positions",
            "crystal",
            "crystals whose sites all see the same environment",
            "Train on a table of a Bravais crystal");
      }
    }
    return maps;
  }

  private static int[][] maps(EnvironmentGeometry geometry) {
    int[][] maps = new int[geometry.hops()][geometry.sites()];
    for (int d = 0; d < maps.length; d++) {
      for (int k = 0; k < maps[d].length; k++) {
        maps[d][k] = geometry.canonical(d, k);
      }
    }
    return maps;
  }

  BarrierTable table() {
    return table;
  }

  int sites() {
    return table.sites();
  }

  int species() {
    return table.species();
  }

  float barrier(int row) {
    return table.barrier()[row];
  }

  int category(int row) {
    return table.category()[row / table.hops()];
  }

  /** Sets the inputs of a row, which must be zero before. */
  void multiHot(int row, float[] inputs) {
    byte[] codes = table.environment();
    int[] map = canonical[row % table.hops()];
    int first = row / table.hops() * map.length;
    int species = table.species();
    for (int k = 0; k < map.length; k++) {
      int code = codes[first + map[k]];
      if (code != 0) {
        inputs[k * species + code - 1] = 1f;
      }
    }
  }
}
