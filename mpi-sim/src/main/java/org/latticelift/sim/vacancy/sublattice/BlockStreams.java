package org.latticelift.sim.vacancy.sublattice;

import java.nio.ByteBuffer;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** One stream per own block, opened when first needed. */
final class BlockStreams {
  private final Streams streams;
  private final OwnBlocks blocks;
  private final long condition;
  private final long run;
  private final RandomStream[] stream;
  private final int savedBytes;

  BlockStreams(Streams streams, OwnBlocks blocks, long condition, long run) {
    this.streams = streams;
    this.blocks = blocks;
    this.condition = condition;
    this.run = run;
    stream = new RandomStream[blocks.number()];
    savedBytes = savedBytes(streams);
  }

  RandomStream of(int block) {
    if (stream[block] == null) {
      stream[block] = streams.stream(Purpose.BLOCK, condition, run, blocks.global(block));
    }
    return stream[block];
  }

  /** Bytes of a saved stream: a flag, and the state if the stream was ever used. */
  static int savedBytes(Streams streams) {
    return 1 + streams.stream(Purpose.BLOCK).save().length;
  }

  int savedBytes() {
    return savedBytes;
  }

  void save(int block, ByteBuffer to) {
    to.put((byte) (stream[block] == null ? 0 : 1));
    to.put(stream[block] == null ? new byte[savedBytes - 1] : stream[block].save());
  }

  void restore(int block, ByteBuffer from) {
    byte[] saved = new byte[savedBytes - 1];
    boolean used = from.get() == 1;
    from.get(saved);
    stream[block] = used ? RandomStream.restore(saved) : null;
  }
}
