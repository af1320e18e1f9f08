package org.latticelift.sim.vacancy.sublattice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Layout of the file from which a distributed run continues on any number of ranks: a header, the
 * planes of codes, the layers of streams, and a CRC-32C of each of them. All ranks write the planes
 * they hold; nobody needs the whole.
 */
final class SublatticeCheckpoint implements AutoCloseable {
  private static final long MAGIC = 0x4c4c5355424c3031L;
  private static final int HEADER = 4096;

  /** Of a stretch of time. */
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
    writeChecked(bytes, HEADER + x * planeBytes, x);
  }

  byte[] readPlane(int x) {
    return readChecked(HEADER + x * planeBytes, planeBytes, x, "plane " + x);
  }

  void writeLayer(int i, byte[] bytes) {
    writeChecked(bytes, layers() + i * layerBytes, blocks.nx() + i);
  }

  byte[] readLayer(int i) {
    return readChecked(layers() + i * layerBytes, layerBytes, blocks.nx() + i, "streams " + i);
  }

  private long layers() {
    return HEADER + blocks.nx() * planeBytes;
  }

  private long checksum(int item) {
    return layers() + blocks.along(0) * layerBytes + (long) item * Integer.BYTES;
  }

  private void writeChecked(byte[] bytes, long at, int item) {
    write(ByteBuffer.wrap(bytes), at);
    write(ByteBuffer.allocate(Integer.BYTES).putInt(0, crc(bytes, bytes.length)), checksum(item));
  }

  private byte[] readChecked(long at, long length, int item, String what) {
    byte[] bytes = read(at, Math.toIntExact(length)).array();
    require(read(checksum(item), Integer.BYTES).getInt(0) == crc(bytes, bytes.length), what);
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

  /** Makes what this rank wrote durable. */
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
}
