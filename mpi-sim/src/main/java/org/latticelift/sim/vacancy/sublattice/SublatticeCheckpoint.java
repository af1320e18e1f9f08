package org.latticelift.sim.vacancy.sublattice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32C;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Request;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.OwnBlocks.BlockStreams;
import org.latticelift.sim.vacancy.transport.SharedDisplacements;

/**
 * Layout of the file from which a distributed run continues on any number of ranks: a header, the
 * planes of codes, the layers of streams, and a CRC-32C of each of them; where displacements are
 * measured then what goes with the sites, plane by plane, and the sums, each with its CRC-32C. All
 * ranks write the planes they hold; nobody needs the whole.
 */
final class SublatticeCheckpoint implements AutoCloseable {
  private static final long MAGIC = 0x4c4c5355424c3031L;
  private static final int HEADER = 4096;

  private static final JumpTarget NO_TARGET = new JumpTarget(-1, 0, 0, 0);

  private final Path file;
  private final FileChannel channel;
  private final BlockGrid blocks;
  private final long planeBytes;
  private final long layerBytes;

  private SublatticeCheckpoint(
      Path file, FileChannel channel, BlockGrid blocks, int basis, int streamBytes) {
    this.file = file;
    this.channel = channel;
    this.blocks = blocks;
    planeBytes = (long) blocks.ny() * blocks.nz() * basis;
    layerBytes = (long) blocks.along(1) * blocks.along(2) * streamBytes;
  }

  static SublatticeCheckpoint open(
      Path file, boolean write, BlockGrid blocks, int basis, int streamBytes) {
    try {
      FileChannel channel =
          write
              ? FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
              : FileChannel.open(file, StandardOpenOption.READ);
      return new SublatticeCheckpoint(file, channel, blocks, basis, streamBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What only one rank writes. */
  void writeHeader(SublatticeRun.Progress at, long cycles) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putLong(MAGIC).putInt(blocks.nx()).putInt(blocks.ny()).putInt(blocks.nz());
    header.putInt(blocks.edge()).putLong(cycles).putDouble(at.time).putLong(at.jumps);
    header.putDouble(at.start).putDouble(at.duration).putDouble(at.window);
    JumpTarget target = at.target.orElse(NO_TARGET);
    header.putLong(at.cyclesLeft).putLong(target.reached());
    header.putLong(target.countedCycle()).putLong(target.countedJumps());
    header.putDouble(target.mostPerCycle());
    header.putInt(HEADER - Integer.BYTES, crc(header.array(), HEADER - Integer.BYTES));
    write(header.clear(), 0);
  }

  /** Fills in the progress and returns the number of cycles. */
  long readHeader(SublatticeRun.Progress at) {
    ByteBuffer header = read(0, HEADER);
    boolean fits =
        header.getLong() == MAGIC
            && header.getInt() == blocks.nx()
            && header.getInt() == blocks.ny()
            && header.getInt() == blocks.nz()
            && header.getInt() == blocks.edge();
    require(
        fits && header.getInt(HEADER - Integer.BYTES) == crc(header.array(), HEADER - 4), "header");
    long cycles = header.getLong();
    at.time = header.getDouble();
    at.jumps = header.getLong();
    at.start = header.getDouble();
    at.duration = header.getDouble();
    at.window = header.getDouble();
    at.cyclesLeft = header.getLong();
    at.target = target(header);
    if (at.target.isPresent() && at.cyclesLeft > JumpTarget.MOST_CYCLES) {
      planFromHere(at, cycles);
    }
    return cycles;
  }

  private static Optional<JumpTarget> target(ByteBuffer header) {
    long reached = header.getLong();
    JumpTarget target =
        new JumpTarget(reached, header.getLong(), header.getLong(), header.getDouble());
    return Optional.of(target).filter(t -> t.reached() >= 0);
  }

  /**
   * For checkpoints of earlier versions, which counted jumps after every cycle and in a stretch of
   * jumps counted cycles down from the largest long.
   */
  private static void planFromHere(SublatticeRun.Progress at, long cycles) {
    at.cyclesLeft = 1;
    at.target = at.target.map(old -> JumpTarget.after(cycles, at.jumps, old.reached() - at.jumps));
  }

  void writePlane(int x, byte[] bytes) {
    writeChecked(bytes, HEADER + x * planeBytes, checksum(x));
  }

  byte[] readPlane(int x) {
    return readChecked(HEADER + x * planeBytes, planeBytes, checksum(x), "plane " + x);
  }

  void writeLayer(int i, byte[] bytes) {
    writeChecked(bytes, layers() + i * layerBytes, checksum(blocks.nx() + i));
  }

  byte[] readLayer(int i) {
    long at = layers() + i * layerBytes;
    return readChecked(at, layerBytes, checksum(blocks.nx() + i), "streams " + i);
  }

  /** What goes with the sites of a plane; all planes are equally long. */
  void writeTracks(int x, byte[] bytes) {
    long at = tracks(x, bytes.length);
    writeChecked(bytes, at, at + bytes.length);
  }

  /** ({@code siteBytes}: that go with a site.) */
  byte[] readTracks(int x, int siteBytes) {
    long length = planeBytes * siteBytes;
    long at = tracks(x, length);
    return readChecked(at, length, at + length, "displacements " + x);
  }

  void writeSums(byte[] bytes, int siteBytes) {
    long at = tracks(blocks.nx(), planeBytes * siteBytes);
    writeChecked(bytes, at, at + bytes.length);
  }

  byte[] readSums(int length, int siteBytes) {
    long at = tracks(blocks.nx(), planeBytes * siteBytes);
    return readChecked(at, length, at + length, "sums of displacements");
  }

  private long tracks(int x, long length) {
    return checksum(blocks.nx() + blocks.along(0)) + x * (length + Integer.BYTES);
  }

  private long layers() {
    return HEADER + blocks.nx() * planeBytes;
  }

  private long checksum(int item) {
    return layers() + blocks.along(0) * layerBytes + (long) item * Integer.BYTES;
  }

  private void writeChecked(byte[] bytes, long at, long checksum) {
    write(ByteBuffer.wrap(bytes), at);
    write(ByteBuffer.allocate(Integer.BYTES).putInt(0, crc(bytes, bytes.length)), checksum);
  }

  private byte[] readChecked(long at, long length, long checksum, String what) {
    byte[] bytes = read(at, Math.toIntExact(length)).array();
    require(read(checksum, Integer.BYTES).getInt(0) == crc(bytes, bytes.length), what);
    return bytes;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private void write(ByteBuffer bytes, long at) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes, at + bytes.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteBuffer read(long at, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
        // Positional reads may be short.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    require(!bytes.hasRemaining(), "length");
    return bytes.clear();
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw LatticeLiftException.badData(
          "the checkpoint is damaged or of another lattice (" + what + ")",
          file.toString(),
          "a checkpoint of this run",
          "Delete it to start the run again");
    }
  }

  void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The distributed arrays of a run: codes and displacements by cell, and streams by block. */
  static final class Planes {
    private Planes() {}

    /** Codes; a plane holds ny nz basis bytes as in files. */
    static void codes(
        Communicator ranks, Domain domain, Lattice lattice, PlaneCollector.Sink sink) {
      int basis = lattice.crystal().basisCount();
      BlockGrid blocks = domain.blocks();
      int[] extent = {blocks.ny(), blocks.nz()};
      int row = domain.own(2) * basis;
      new PlaneCollector(ranks, domain, part -> box(part, i -> i), extent, basis)
          .collect(
              (x, y, to) -> {
                int at = ((domain.halo(1) + y) * lattice.nz() + domain.halo(2)) * basis;
                to.put(lattice.plane(domain.halo(0) + x), at, row);
              },
              sink);
    }

    /** What goes with the sites beside codes, in the same order. */
    static void tracks(
        Communicator ranks,
        Domain domain,
        Lattice lattice,
        SharedDisplacements moved,
        PlaneCollector.Sink sink) {
      int basis = lattice.crystal().basisCount();
      BlockGrid blocks = domain.blocks();
      int[] extent = {blocks.ny(), blocks.nz()};
      int bytes = basis * moved.words() * Long.BYTES;
      new PlaneCollector(ranks, domain, part -> box(part, i -> i), extent, bytes)
          .collect(
              (x, y, to) -> {
                long first =
                    lattice.index(domain.halo(0) + x, domain.halo(1) + y, domain.halo(2), 0);
                for (long site = first; site < first + (long) domain.own(2) * basis; site++) {
                  for (int i = 0; i < moved.words(); i++) {
                    to.putLong(moved.word(site, i));
                  }
                }
              },
              sink);
    }

    /** Streams; a plane holds one record per block of a layer of blocks. */
    static void streams(
        Communicator ranks, Domain domain, BlockStreams streams, PlaneCollector.Sink sink) {
      BlockGrid blocks = domain.blocks();
      int edge = blocks.edge();
      int[] extent = {blocks.along(1), blocks.along(2)};
      PlaneCollector.Box own = box(domain, i -> i / edge);
      new PlaneCollector(
              ranks, domain, part -> box(part, i -> i / edge), extent, streams.savedBytes())
          .collect((x, y, to) -> row(own, streams, x, y, to), sink);
    }

    private static void row(
        PlaneCollector.Box own, BlockStreams streams, int x, int y, ByteBuffer to) {
      int[] n = own.count();
      for (int z = 0; z < n[2]; z++) {
        streams.save((x * n[1] + y) * n[2] + z, to);
      }
    }

    private static PlaneCollector.Box box(Domain domain, IntUnaryOperator unit) {
      int[] first = new int[3];
      int[] count = new int[3];
      for (int axis = 0; axis < 3; axis++) {
        first[axis] = unit.applyAsInt(domain.first(axis));
        count[axis] = unit.applyAsInt(domain.own(axis));
      }
      return new PlaneCollector.Box(first, count);
    }
  }

  /**
   * Brings a distributed three-dimensional array, plane by plane of constant first index, to ranks
   * that then hold whole planes: files are written in whole planes only. Ranks with the same part
   * of the first axis take turns, so that all of them write. Memory: one plane and one own
   * rectangle per rank of such a group.
   */
  static final class PlaneCollector {
    private static final int TAG = 200;

    /** A box of items: cells, or blocks. */
    record Box(int[] first, int[] count) {}

    /**
     * Copies the row of own items (x, y, own z range), counted from the own corner, to a buffer.
     */
    interface Source {
      void row(int x, int y, ByteBuffer to);
    }

    /** Takes a whole plane, its number counted over all ranks. */
    interface Sink {
      void plane(int x, byte[] bytes);
    }

    private final Communicator ranks;
    private final List<Integer> group = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private final int me;
    private final int[] extent;
    private final int itemBytes;
    private final ByteBuffer[] outgoing;
    private final ByteBuffer[] incoming;
    private final Request[] sent;

    /** Plans the collection ({@code itemBytes}: bytes per item). */
    PlaneCollector(Communicator ranks, Domain domain, BoxOf boxOf, int[] extent, int itemBytes) {
      this.ranks = ranks;
      this.extent = extent.clone();
      this.itemBytes = itemBytes;
      RankGrid grid = domain.ranks();
      int mine = grid.position(ranks.rank(), 0);
      for (int j = 0; j < grid.py(); j++) {
        for (int k = 0; k < grid.pz(); k++) {
          int rank = grid.rank(mine, j, k);
          group.add(rank);
          boxes.add(boxOf.box(new Domain(domain.blocks(), grid, rank)));
        }
      }
      me = group.indexOf(ranks.rank());
      outgoing = new ByteBuffer[group.size()];
      incoming = new ByteBuffer[group.size()];
      sent = new Request[group.size()];
      for (int g = 0; g < group.size(); g++) {
        outgoing[g] = ByteBuffer.allocateDirect(rectangle(me));
        incoming[g] = ByteBuffer.allocateDirect(rectangle(g));
      }
    }

    /** The box of items of a rank. */
    interface BoxOf {
      Box box(Domain domain);
    }

    private int rectangle(int g) {
      int[] count = boxes.get(g).count();
      return Math.multiplyExact(Math.multiplyExact(count[1], count[2]), itemBytes);
    }

    /** Collects all planes of this part of the first axis; collective within it. */
    void collect(Source source, Sink sink) {
      Box box = boxes.get(me);
      int planes = box.count()[0];
      for (int from = 0; from < planes; from += group.size()) {
        int round = Math.min(group.size(), planes - from);
        for (int g = 0; g < round; g++) {
          send(g, from + g, source);
        }
        if (me < round) {
          sink.plane(box.first()[0] + from + me, received());
        }
        for (int g = 0; g < round; g++) {
          if (g != me) {
            sent[g].await();
          }
        }
      }
    }

    private void send(int g, int x, Source source) {
      ByteBuffer out = outgoing[g].clear();
      for (int y = 0; y < boxes.get(me).count()[1]; y++) {
        source.row(x, y, out);
      }
      if (g != me) {
        sent[g] = ranks.send(out, out.position(), group.get(g), TAG);
      }
    }

    private byte[] received() {
      byte[] plane = new byte[Math.multiplyExact(extent[0] * extent[1], itemBytes)];
      Request[] coming = new Request[group.size()];
      for (int g = 0; g < group.size(); g++) {
        if (g != me) {
          coming[g] = ranks.receive(incoming[g], rectangle(g), group.get(g), TAG);
        }
      }
      for (int g = 0; g < group.size(); g++) {
        if (g != me) {
          coming[g].await();
        }
        place(g == me ? outgoing[me] : incoming[g], boxes.get(g), plane);
      }
      return plane;
    }

    private void place(ByteBuffer rectangle, Box box, byte[] plane) {
      int row = box.count()[2] * itemBytes;
      for (int y = 0; y < box.count()[1]; y++) {
        int at = ((box.first()[1] + y) * extent[1] + box.first()[2]) * itemBytes;
        rectangle.get(y * row, plane, at, row);
      }
    }
  }
}
