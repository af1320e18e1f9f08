package org.latticelift.sim.systems.external;

import java.util.List;
import org.latticelift.sim.system.Extent;

/**
 * A state, which changes while it is advanced. A large one whose patches are closed on themselves
 * is small ones, which stand for all patches in turn.
 */
final class ExternalState {
  final Extent extent;
  final List<byte[]> tiles;
  final double[][] observed;
  byte[] bytes;

  ExternalState(Extent extent, byte[] bytes) {
    this(extent, bytes, List.of());
  }

  ExternalState(Extent extent, byte[] bytes, List<byte[]> tiles) {
    this.extent = extent;
    this.bytes = bytes;
    this.tiles = tiles;
    this.observed = new double[tiles.size()][];
  }
}
