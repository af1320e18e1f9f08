package org.latticelift.io.run.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a second process out of a folder; the system releases it when the process ends, but also
 * when this process closes the file through whatever stream. So it does not look into a lock that
 * it holds.
 */
final class FolderLock implements AutoCloseable {
  static final String NAME = ".latticelift.lock";

  /** What a lock holds, be it that its owner has not finished writing. */
  private static final String OURS = "|process \\d*\\n?";

  private static final int LONGEST = 64;

  /** Folders that this process has locked; also guards looking into locks. */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path root;
  private final FileChannel channel;

  private FolderLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException {
    Path root = folder.toRealPath();
    synchronized (HELD) {
      if (HELD.contains(root)) {
        throw RunErrors.locked(folder, "this process");
      }
      FolderLock lock = takeFree(root);
      HELD.add(root);
      return lock;
    }
  }

  private static FolderLock takeFree(Path root) throws IOException {
    Path file = root.resolve(NAME);
    if (!ours(root)) {
      throw RunErrors.foreign(file);
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() == null) {
        throw RunErrors.locked(root, start(file, LONGEST));
      }
      write(channel, "process " + ProcessHandle.current().pid() + "\n");
      return new FolderLock(root, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether the lock is absent or a file as this class writes it. */
  static boolean ours(Path root) throws IOException {
    Path file = root.resolve(NAME);
    synchronized (HELD) {
      return HELD.contains(root.toRealPath())
          || !Enclosure.taken(file)
          || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && start(file, LONGEST).matches(OURS);
    }
  }

  /** The first bytes of a file as text. */
  static String start(Path file, int bytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      HELD.remove(root);
      channel.close();
    }
  }
}
