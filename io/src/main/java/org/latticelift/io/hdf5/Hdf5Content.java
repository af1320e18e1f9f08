package org.latticelift.io.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.Superblock;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
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

  /** Finds the HDF5 signature, which may follow a user block of 512, 1024, 2048, ... bytes. */
  static final class Signature {
    private static final long MAGIC = 0x894844460d0a1a0aL;
    private static final long FIRST_USER_BLOCK = 512;
    private static final long LARGEST_USER_BLOCK = 1L << 20;

    private Signature() {}

    /** Position of the signature, or -1. */
    static long offset(FileChannel channel) throws IOException {
      for (long at = 0; at <= LARGEST_USER_BLOCK; at = at == 0 ? FIRST_USER_BLOCK : 2 * at) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
        if (channel.read(buffer, at) == Long.BYTES && buffer.getLong(0) == MAGIC) {
          return at;
        }
      }
      return -1;
    }
  }

  /**
   * The way from the root of a file to a node. Soft links are followed inside the file; a link to
   * another file is refused, for what is read then would be bytes of this one. A way is at most
   * {@value #DEEPEST} groups long and never comes back to a group, so that whoever walks through a
   * file comes to an end.
   */
  static final class PathWalk {
    private static final int DEEPEST = 64;
    private static final int MOST_LINKS = 16;

    private final Path file;
    private final String path;
    private final Deque<Node> way = new ArrayDeque<>();
    private int links;

    private PathWalk(Path file, String path, Group root) {
      this.file = file;
      this.path = path;
      way.push(root);
    }

    /** The node; empty where there is none, an error (65) where a link leads nowhere. */
    static Optional<Node> find(Path file, Group root, String path) {
      PathWalk walk = new PathWalk(file, path, root);
      return walk.follow(path) ? Optional.of(walk.way.peek()) : Optional.empty();
    }

    private boolean follow(String names) {
      for (String name : names.split("/")) {
        if (!name.isEmpty() && !name.equals(".") && !step(name)) {
          return false;
        }
      }
      return true;
    }

    private boolean step(String name) {
      Node child = way.peek() instanceof Group group ? group.getChild(name) : null;
      if (child == null) {
        return false;
      }
      if (child instanceof Link link) {
        jump(link);
      } else {
        enter(child);
      }
      return true;
    }

    private void enter(Node node) {
      if (node instanceof Group
          && way.stream().anyMatch(n -> n.getAddress() == node.getAddress())) {
        throw refused("the group lies within itself", "groups without circles of links");
      }
      if (way.size() > DEEPEST) {
        throw refused("the groups are too deep", "at most " + DEEPEST + " groups in each other");
      }
      way.push(node);
    }

    private void jump(Link link) {
      String target = link.getTargetPath();
      if (link instanceof ExternalLink) {
        throw Hdf5Errors.badData(
            file,
            path,
            "an external link (to " + target + "), which is not followed",
            "data in the file itself",
            "Copy the data into one file, for example with h5copy, or name the other file");
      }
      links++;
      if (links > MOST_LINKS) {
        throw refused("soft links lead in a circle", "links that lead to data");
      }
      if (target.startsWith("/")) {
        Node root = way.peekLast();
        way.clear();
        way.push(root);
      }
      if (!follow(target)) {
        throw refused("the soft link leads nowhere (" + target + ")", "a link to something there");
      }
    }

    private RuntimeException refused(String what, String allowed) {
      return Hdf5Errors.badDataset(file, path, what, allowed);
    }
  }
}
