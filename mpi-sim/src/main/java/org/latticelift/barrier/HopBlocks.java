package org.latticelift.barrier;

import org.latticelift.crystal.Crystal;
import org.latticelift.crystal.EnvironmentGeometry;

/**
 * The hops of one basis position in blocks of eight rows, as {@link NetworkArithmetic} reads them:
 * which lab site each row sees at each canonical position. Rows beyond the last hop repeat hop 0.
 */
final class HopBlocks {
  private final int[][] labSites;
  private final int[] target;

  private HopBlocks(EnvironmentGeometry geometry) {
    int block = NetworkArithmetic.BLOCK;
    int sites = geometry.sites();
    target = new int[geometry.hops()];
    labSites = new int[(target.length + block - 1) / block][sites * block];
    for (int row = 0; row < labSites.length * block; row++) {
      int d = row < target.length ? row : 0;
      target[d] = geometry.hopTarget(d);
      for (int k = 0; k < sites; k++) {
        labSites[row / block][k * block + row % block] = geometry.canonical(d, k);
      }
    }
  }

  static HopBlocks[] of(Crystal crystal) {
    HopBlocks[] blocks = new HopBlocks[crystal.basisCount()];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = new HopBlocks(crystal.environment(b));
    }
    return blocks;
  }

  /** Blocks of one vacancy. */
  int count() {
    return labSites.length;
  }

  /** The lab sites of a block, at 8 k + row; shared, not modified. */
  int[] labSites(int block) {
    return labSites[block];
  }

  /** Whether the target of a hop holds a vacancy. */
  boolean blocked(int d, byte[] codes, int at) {
    return codes[at + target[d]] == 0;
  }
}
