package org.latticelift.io.run.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Results of finished tasks of a command that makes one file in the end, so that one that was
 * stopped goes on where it was. The log lies beside the file and is removed when that is complete.
 *
 * <p>It begins with a line that says what it is and of which configuration. Every entry has the
 * number of its task, its values and a checksum, and is on disk when {@link #add} returns; an entry
 * that is not complete, as the process was killed, is as if it were not there. One process at a
 * time.
 */
public final class TaskLog implements AutoCloseable {
  private static final String TITLE = "latticelift finished tasks ";
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int MOST_VALUES = 1 << 26;

  private final Path file;
  private final FileChannel channel;
  private final Map<Long, double[]> results = new HashMap<>();

  private TaskLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * The log of a file, beside it ({@code result}: the file that the command makes); its name with
   * an ending of its own.
   */
  public static Path beside(Path result) {
    return result.toAbsolutePath().resolveSibling(result.getFileName() + ".tasks");
  }

  /**
   * Opens a log, or begins one.
   *
   * @param file where it is; its folder is made if absent
   * @param line that is equal where results are
   * @param mode what to do with a log that is there
   * @return is to be closed
   */
  public static TaskLog open(Path file, String line, OpenMode mode) {
    try {
      if (Files.exists(file)) {
        requireOurs(file, mode);
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      TaskLog log = new TaskLog(file, channel);
      try {
        log.lock();
        log.begin(line, mode == OpenMode.RESUME);
      } catch (IOException | LatticeLiftException e) {
        channel.close();
        throw e;
      }
      return log;
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }

  /**
   * The line with which a log was begun ({@code file}: where it may be); empty if there is none
   * that has it whole.
   */
  public static Optional<String> line(Path file) {
    try {
      return Files.isRegularFile(file) ? line(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }

  private static Optional<String> line(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    return end > 0 && text.startsWith(TITLE)
        ? Optional.of(text.substring(TITLE.length(), end))
        : Optional.empty();
  }

  private static void requireOurs(Path file, OpenMode mode) throws IOException {
    boolean ours = Files.isRegularFile(file) && TITLE.startsWith(start(file));
    if (!ours) {
      throw RunErrors.foreign(file);
    }
    if (mode == OpenMode.NEW) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "a command that was stopped has left what it had done",
          file.toString(),
          "no such file",
          "Use --resume to go on, --overwrite to start over, or another --out");
    }
  }

  private static String start(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(TITLE.length()), StandardCharsets.ISO_8859_1);
    }
  }

  private void lock() throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw RunErrors.locked(file.toAbsolutePath().getParent(), file.getFileName() + " is open");
    }
  }

  private void begin(String line, boolean resumed) throws IOException {
    byte[] title = (TITLE + line + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] content = Files.readAllBytes(file);
    Optional<String> begun = resumed ? line(content) : Optional.empty();
    if (begun.isEmpty()) {
      channel.truncate(0);
      write(ByteBuffer.wrap(title), 0);
      Disk.SYSTEM.forceFolder(file.toAbsolutePath().getParent());
      return;
    }
    if (!begun.get().equals(line)) {
      throw LatticeLiftException.badData(
          "what was done belongs to another configuration",
          file.toString(),
          "the configuration that began it",
          "Use that configuration, --overwrite, or another --out");
    }
    channel.truncate(read(ByteBuffer.wrap(content).position(title.length)));
  }

  /** Reads entries up to the first that is not complete, and tells where that begins. */
  private long read(ByteBuffer content) {
    int end = content.position();
    while (content.remaining() >= HEAD) {
      long task = content.getLong();
      int count = content.getInt();
      long bytes = (long) Double.BYTES * count + Long.BYTES;
      if (count < 0 || count > MOST_VALUES || bytes > content.remaining()) {
        return end;
      }
      double[] values = new double[count];
      content.asDoubleBuffer().get(values);
      content.position(content.position() + Double.BYTES * count);
      if (content.getLong() != checksum(task, values)) {
        return end;
      }
      results.put(task, values);
      end = content.position();
    }
    return end;
  }

  private static long checksum(long task, double[] values) {
    CRC32 sum = new CRC32();
    sum.update(entry(task, values, 0));
    return sum.getValue();
  }

  private static ByteBuffer entry(long task, double[] values, int more) {
    ByteBuffer entry = ByteBuffer.allocate(HEAD + Double.BYTES * values.length + more);
    entry.putLong(task).putInt(values.length);
    for (double value : values) {
      entry.putDouble(value);
    }
    return more == 0 ? entry.flip() : entry;
  }

  private void write(ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    channel.force(true);
  }

  /**
   * The result of a task that an earlier process has finished ({@code task}: its number); a copy;
   * empty where it is to be done.
   */
  public synchronized Optional<double[]> result(long task) {
    return Optional.ofNullable(results.get(task)).map(double[]::clone);
  }

  /** Number of finished tasks; those of earlier processes among them. */
  public synchronized int finished() {
    return results.size();
  }

  /** Keeps the result of a task ({@code task}: its number). */
  public synchronized void add(long task, double[] values) {
    ByteBuffer entry = entry(task, values, Long.BYTES);
    entry.putLong(checksum(task, values)).flip();
    try {
      write(entry, channel.size());
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
    results.put(task, values.clone());
  }

  /** Removes the log, when the file that it served is complete. */
  public synchronized void remove() {
    Disk.deleteQuietly(file);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }
}
