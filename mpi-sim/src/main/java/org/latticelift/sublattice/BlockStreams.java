package org.latticelift.sublattice;

import org.latticelift.random.Purpose;
import org.latticelift.random.RandomStream;
import org.latticelift.random.Streams;

/** One stream per own block, opened when first needed. */
final class BlockStreams {
  private final Streams streams;
  private final OwnBlocks blocks;
  private final long condition;
  private final long run;
  private final RandomStream[] stream;

  BlockStreams(Streams streams, OwnBlocks blocks, long condition, long run) {
    this.streams = streams;
    this.blocks = blocks;
    this.condition = condition;
    this.run = run;
    stream = new RandomStream[blocks.number()];
  }

  RandomStream of(int block) {
    if (stream[block] == null) {
      stream[block] = streams.stream(Purpose.BLOCK, condition, run, blocks.global(block));
    }
    return stream[block];
  }

  /** State of a stream, or null if it was never used. */
  byte[] save(int block) {
    return stream[block] == null ? null : stream[block].save();
  }

  void restore(int block, byte[] saved) {
    stream[block] = saved == null ? null : RandomStream.restore(saved);
  }
}
