package org.latticelift.io.hdf5;

import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfWritingException;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.FlatDataset.FlatArrays;

/**
 * Positional writes into one reserved dataset, by any number of threads or processes whose slabs do
 * not overlap. Cost: one system call per 128 Ki elements, no copy for bytes.
 */
public final class SlabDataset implements AutoCloseable {
  private final Path file;
  private final String path;
  private final ElementType type;
  private final long elements;
  private long address = -1;
  private boolean ready;
  private FileChannel channel;

  SlabDataset(Path file, String path, ElementType type, long elements) {
    this.file = file;
    this.path = path;
    this.type = type;
    this.elements = elements;
  }

  /**
   * Opens a contiguous dataset of an existing file for writing, for a process that did not make it
   * ({@code file}: an HDF5 file; {@code path}: a contiguous numeric dataset); access to the data.
   */
  public static SlabDataset open(Path file, String path) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      DatasetHandle handle = reader.handle(path);
      if (!handle.isContiguous()) {
        throw Hdf5Errors.badDataset(file, path, "the dataset is not contiguous", "one data block");
      }
      SlabDataset slab = new SlabDataset(file, path, handle.type(), handle.elements());
      slab.placedAt(handle.address());
      slab.fileWritten();
      return slab;
    }
  }

  void placedAt(long dataAddress) {
    this.address = dataAddress;
  }

  void fileWritten() {
    this.ready = true;
  }

  /**
   * Writes a run of elements.
   *
   * @param first index of the first element, row-major
   * @param data byte[], short[], int[], long[], float[] or double[] of the dataset's type
   * @param offset first element of {@code data}
   * @param length number of elements
   */
  public void write(long first, Object data, int offset, int length) {
    check(first, data, length);
    long start = address + first * type.bytes();
    try {
      FileChannel target = channel();
      FlatArrays.encode(
          data,
          offset,
          length,
          (buffer, at) -> FullWriteChannel.writeFully(target, buffer, start + at));
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }

  /**
   * Writes elements given as the bytes they have in the file ({@code first}: index of the first
   * element, row-major; {@code data}: whole elements, little-endian).
   */
  public void writeStored(long first, byte[] data) {
    requireReady();
    int count = data.length / type.bytes();
    if (count * type.bytes() != data.length) {
      throw new IllegalArgumentException(path + ": " + data.length + " bytes of " + type.label());
    }
    requireInside(first, count);
    try {
      FullWriteChannel.writeFully(channel(), ByteBuffer.wrap(data), address + first * type.bytes());
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }

  private void requireReady() {
    if (!ready) {
      throw new IllegalStateException(path + ": close the Hdf5Writer before writing slabs");
    }
  }

  private void requireInside(long first, long length) {
    if (first < 0 || length < 0 || first + length > elements) {
      throw new IndexOutOfBoundsException(path + ": " + first + " + " + length + " > " + elements);
    }
  }

  private void check(long first, Object data, int length) {
    requireReady();
    ElementType given = FlatArrays.typeOf(data, false);
    if (given.bytes() != type.bytes() || given.isInteger() != type.isInteger()) {
      throw new IllegalArgumentException(path + " holds " + type.label() + ", not " + given);
    }
    requireInside(first, length);
  }

  private synchronized FileChannel channel() throws IOException {
    if (channel == null) {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    }
    return channel;
  }

  /** Makes what was written durable. */
  public synchronized void force() {
    try {
      if (channel != null) {
        channel.force(false);
      }
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }

  /**
   * Closes the file; {@link #force()} first where durability matters.
   *
   * @throws LatticeLiftException exit code 73 if the system reports a late write error
   */
  @Override
  public synchronized void close() {
    try {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }

  /** A channel whose writes are complete or fail; jHDF ignores short writes (full disks). */
  static final class FullWriteChannel extends HdfFileChannel {
    private final FileChannel channel;

    FullWriteChannel(FileChannel channel, Superblock superblock) {
      super(channel, superblock);
      this.channel = channel;
    }

    @Override
    public int write(ByteBuffer buffer, long position) {
      int length = buffer.remaining();
      try {
        writeFully(channel, buffer, position);
      } catch (IOException e) {
        throw new HdfWritingException("writing at " + position, e);
      }
      return length;
    }

    @Override
    public int write(ByteBuffer buffer) {
      int length = buffer.remaining();
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw new HdfWritingException("writing", e);
      }
      return length;
    }

    static void writeFully(FileChannel channel, ByteBuffer buffer, long position)
        throws IOException {
      long at = position;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
    }
  }
}
