package org.latticelift.sim.vacancy.barrier;

import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/** The hops of one basis position in blocks of eight rows, and where they lead. */
final class HopBlocks {
  private final HopBlock[] blocks;
  private final int[] target;

  private HopBlocks(EnvironmentGeometry geometry) {
    int rows = NetworkArithmetic.BLOCK;
    target = new int[geometry.hops()];
    for (int d = 0; d < target.length; d++) {
      target[d] = geometry.hopTarget(d);
    }
    blocks = new HopBlock[(target.length + rows - 1) / rows];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = HopBlock.of(geometry, i * rows);
    }
  }

  static HopBlocks[] of(Crystal crystal) {
    HopBlocks[] result = new HopBlocks[crystal.basisCount()];
    for (int b = 0; b < result.length; b++) {
      result[b] = new HopBlocks(crystal.environment(b));
    }
    return result;
  }

  /** Blocks of one vacancy. */
  int count() {
    return blocks.length;
  }

  HopBlock block(int i) {
    return blocks[i];
  }

  /** Whether the target of a hop holds a vacancy. */
  boolean blocked(int d, byte[] codes, int at) {
    return codes[at + target[d]] == 0;
  }
}
