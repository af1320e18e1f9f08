package org.latticelift.sim.vacancy.sublattice;

import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * The blocks of one rank: their numbers, colours and corners. Own number: row-major in the box.
 * Blocks at its border change what other ranks hold, too, or may; inner ones do not.
 */
final class OwnBlocks {
  private final Domain domain;
  private final int edge;
  private final int[] first = new int[3];
  private final int[] count = new int[3];
  private final int[][] bordering = new int[BlockGrid.COLOURS][];
  private final int[][] inner = new int[BlockGrid.COLOURS][];

  OwnBlocks(Domain domain) {
    this.domain = domain;
    edge = domain.blocks().edge();
    for (int axis = 0; axis < 3; axis++) {
      first[axis] = domain.first(axis) / edge;
      count[axis] = domain.own(axis) / edge;
    }
    for (int c = 0; c < BlockGrid.COLOURS; c++) {
      int colour = c;
      bordering[c] = select(b -> colour(b) == colour && !hidden(b));
      inner[c] = select(b -> colour(b) == colour && hidden(b));
    }
  }

  private int[] select(IntPredicate which) {
    return IntStream.range(0, number()).filter(which).toArray();
  }

  /** Whether vacancies of a block stay, within a window, where only this rank sees them. */
  private boolean hidden(int block) {
    int hop = domain.blocks().margin() + 1;
    for (int axis = 0; axis < 3; axis++) {
      int corner = corner(block, axis);
      if (!domain.unseen(corner - hop, axis) || !domain.unseen(corner + edge + hop - 1, axis)) {
        return false;
      }
    }
    return true;
  }

  int number() {
    return Math.toIntExact((long) count[0] * count[1] * count[2]);
  }

  /** Own blocks of a colour at the border in row-major order. */
  int[] bordering(int colour) {
    return bordering[colour];
  }

  /** The others of the colour, in row-major order. */
  int[] inner(int colour) {
    return inner[colour];
  }

  private int index(int block, int axis) {
    return axis == 0
        ? block / (count[1] * count[2])
        : axis == 1 ? block / count[2] % count[1] : block % count[2];
  }

  private int colour(int block) {
    return BlockGrid.colour(
        first[0] + index(block, 0), first[1] + index(block, 1), first[2] + index(block, 2));
  }

  /** Number of a block in the whole lattice, by which its stream is named. */
  long global(int block) {
    return domain
        .blocks()
        .block(first[0] + index(block, 0), first[1] + index(block, 1), first[2] + index(block, 2));
  }

  /** First local cell of a block. */
  int corner(int block, int axis) {
    return domain.halo(axis) + index(block, axis) * edge;
  }

  /** The own block with a local cell; the cell must be an own one. */
  int with(int x, int y, int z) {
    int i = (x - domain.halo(0)) / edge;
    int j = (y - domain.halo(1)) / edge;
    int k = (z - domain.halo(2)) / edge;
    return (i * count[1] + j) * count[2] + k;
  }

  /** One stream per own block, opened when first needed. */
  static final class BlockStreams {
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
}
