package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;

/**
 * A {@code pairs.h5} that shards are copied into, one after the other: its columns are those of the
 * shards, reserved in the file first and filled after it is closed.
 */
final class PairsAssembly implements AutoCloseable {
  private final Map<PairColumn, SlabDataset> slabs = new EnumMap<>(PairColumn.class);
  private final Map<PairColumn, Long> widths = new EnumMap<>(PairColumn.class);
  private long size;

  /**
   * Reserves the columns.
   *
   * @param writer of the file
   * @param common what holds for all pairs
   * @param pairs of all shards
   * @param shard one of them
   */
  PairsAssembly(Hdf5Writer writer, PairsCommon common, long pairs, Path shard) {
    common.write(writer);
    try (PairsFile like = PairsFile.open(shard)) {
      for (PairColumn column : like.columns()) {
        widths.put(column, like.width(column));
        slabs.put(
            column,
            PairsFile.reserve(writer, column, pairs, like.width(column), common.timeUnit()));
      }
    }
  }

  void append(Path shard) {
    try (PairsFile part = PairsFile.open(shard)) {
      slabs.forEach(
          (column, slab) -> slab.writeStored(size * widths.get(column), part.stored(column)));
      size += part.count();
    }
  }

  @Override
  public void close() {
    for (SlabDataset slab : slabs.values()) {
      slab.force();
      slab.close();
    }
  }
}
