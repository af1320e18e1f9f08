package org.latticelift.io.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.Superblock;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** An open file: its nodes, its bytes, and the translation of what goes wrong to user errors. */
final class Hdf5Content implements AutoCloseable {
  private static final long SMALLEST_FILE = 48;

  /** Read at once: cheaper than a mapping, of which a process has only some ten thousand. */
  private static final long SMALL_FILE = 1L << 20;

  private final Path file;
  private final FileChannel channel;
  private final HdfFile hdf;
  private final Map<String, DatasetHandle> handles = new HashMap<>();

  private Hdf5Content(Path file, FileChannel channel, HdfFile hdf) {
    this.file = file;
    this.channel = channel;
    this.hdf = hdf;
  }

  static Hdf5Content open(Path file) {
    FileChannel channel = null;
    try {
      requireFile(file);
      channel = FileChannel.open(file, StandardOpenOption.READ);
      checkComplete(file, channel);
      return new Hdf5Content(file, channel, structure(file, channel));
    } catch (AccessDeniedException e) {
      throw LatticeLiftException.unreadable(file, "an HDF5 file", e);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      throw e instanceof LatticeLiftException known
          ? known
          : Hdf5Errors.unreadable(file, "the file is not a readable HDF5 file", e);
    }
  }

  /**
   * The tree of the file. Of a channel jHDF allocates what a damaged length says, up to 2 GiB,
   * before it looks whether there is so much; out of a buffer of the whole file it takes nothing
   * that is not there. What such a length can ask for is less than a file that no buffer holds.
   */
  private static HdfFile structure(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size > Integer.MAX_VALUE) {
      return new HdfFile(file);
    }
    return HdfFile.fromByteBuffer(
        size <= SMALL_FILE
            ? whole(channel, (int) size)
            : channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
  }

  private static ByteBuffer whole(FileChannel channel, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, buffer.position()) < 0) {
        throw new IOException("unexpected end of file");
      }
    }
    return buffer.flip();
  }

  /** Whoever may not look into the folder does not learn whether the file is there. */
  private static void requireFile(Path file) throws AccessDeniedException {
    try {
      if (Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        return;
      }
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      throw missing(file);
    }
    throw missing(file);
  }

  private static LatticeLiftException missing(Path file) {
    return new LatticeLiftException(
        ExitCode.MISSING_INPUT,
        "the file does not exist",
        file.toString(),
        "an HDF5 file",
        "Check the path, or run the stage that writes it");
  }

  private static void checkComplete(Path file, FileChannel channel) throws IOException {
    long user = Signature.offset(channel);
    if (user < 0) {
      throw Hdf5Errors.unreadable(file, "the file is not an HDF5 file", null);
    }
    long size = channel.size();
    if (size < user + SMALLEST_FILE
        || size < Superblock.readSuperblock(channel, user).getEndOfFileAddress()) {
      throw Hdf5Errors.unreadable(file, "the file is truncated at " + size + " bytes", null);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The file was only read; a failure to close loses nothing.
      return;
    }
  }

  Path file() {
    return file;
  }

  synchronized DatasetHandle handle(String path) {
    DatasetHandle known = handles.get(path);
    if (known == null) {
      known = guarded(path, () -> newHandle(path));
      handles.put(path, known);
    }
    return known;
  }

  private DatasetHandle newHandle(String path) {
    if (node(path) instanceof Dataset dataset) {
      return new DatasetHandle(file, path, dataset);
    }
    throw Hdf5Errors.badDataset(file, path, "a group where a dataset is needed", "a dataset");
  }

  /** Refuses a dataset that the file cannot hold. */
  void requireStored(String path) {
    DatasetHandle handle = handle(path);
    guarded(
        path,
        () -> {
          handle.requireStored(size());
          return handle;
        });
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ByteBuffer read(DatasetHandle handle, long first, int count) throws IOException {
    return handle.read(channel, first, count);
  }

  Node node(String path) {
    return find(path)
        .orElseThrow(
            () ->
                Hdf5Errors.badDataset(
                    file, path, "the file has no such dataset or group", "a file that holds it"));
  }

  Optional<Node> find(String path) {
    return PathWalk.find(file, hdf, path);
  }

  /** Runs an action; whatever jHDF throws means that the file is damaged. */
  <T> T guarded(String path, Supplier<T> action) {
    try {
      return action.get();
    } catch (LatticeLiftException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new LatticeLiftException(
          ExitCode.BAD_DATA,
          "the file is damaged",
          file + " " + path,
          "a complete HDF5 file",
          "Make the file again or copy it again",
          e);
    }
  }

  @Override
  public void close() {
    hdf.close();
    closeQuietly(channel);
  }
}
