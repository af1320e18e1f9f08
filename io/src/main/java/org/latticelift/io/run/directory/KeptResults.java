package org.latticelift.io.run.directory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;

/**
 * Results of tasks that only the end of a stage brings into a file, and how far tasks under way
 * have come: on disk at every checkpoint and before a stop, so that a stage goes on where it was.
 * Finished tasks are kept many to a file {@code NAME-done-TASK.ckpt}, one under way in a file
 * {@code NAME-TASK.ckpt} of its own. Nothing is written by a stage that takes less than the time
 * between two checkpoints. Safe for several threads; results depend on nothing of it.
 */
public final class KeptResults {
  private static final int FORMAT = 0x4c4c4b31; // "LLK1"
  private static final String DONE = "-done-";
  private static final String SUFFIX = ".ckpt";
  private static final double NANOS = 1e9;

  private final RunDirectory directory;
  private final String name;
  private final double everySeconds;
  private final StopSignal stop;
  private final Map<Integer, byte[]> pending = new TreeMap<>();
  private Map<Integer, Place> kept;
  private long flushed = System.nanoTime();

  /** Where the result of a task is. */
  private record Place(Path file, long offset, int length) {}

  /**
   * Nothing is read or written yet.
   *
   * @param directory of the run
   * @param name the first part of file names in it
   * @param everySeconds wall time between checkpoints
   * @param stop asked by tasks under way
   */
  public KeptResults(RunDirectory directory, String name, double everySeconds, StopSignal stop) {
    this.directory = directory;
    this.name = name;
    this.everySeconds = everySeconds;
    this.stop = stop;
  }

  /**
   * The result of a task that was finished before ({@code task}: its number); empty where it has to
   * be made.
   */
  public synchronized Optional<byte[]> result(int task) {
    if (kept == null) {
      kept = new HashMap<>();
      directory.results().stream()
          .filter(file -> file.startsWith(name + DONE))
          .filter(directory::complete)
          .forEach(file -> index(directory.file(file)));
    }
    return Optional.ofNullable(kept.get(task)).map(KeptResults::read);
  }

  private void index(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      requireFormat(in.readInt(), file);
      int count = in.readInt();
      long offset = 2L * Integer.BYTES * (count + 1);
      for (int i = 0; i < count; i++) {
        int task = in.readInt();
        int length = in.readInt();
        kept.put(task, new Place(file, offset, length));
        offset += length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Place place) {
    try (RandomAccessFile in = new RandomAccessFile(place.file().toFile(), "r")) {
      byte[] result = new byte[place.length()];
      in.seek(place.offset());
      in.readFully(result);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireFormat(int format, Path file) {
    if (format != FORMAT) {
      throw LatticeLiftException.badData(
          "a checkpoint of another version",
          file.toString(),
          "a checkpoint of this version",
          "Continue with the version that wrote it, or start again with --overwrite");
    }
  }

  private String stateName(int task) {
    return name + "-" + task + SUFFIX;
  }

  /** Begins or continues a task ({@code task}: its number); what keeps it. */
  public Under begin(int task) {
    return new Under(task);
  }

  /**
   * Keeps the result of a task, now or together with later ones ({@code task}: its number; {@code
   * result}: not modified any more).
   */
  public synchronized void finished(int task, byte[] result) {
    pending.put(task, result);
    if (stop.requested() || System.nanoTime() - flushed > NANOS * everySeconds) {
      flush();
    }
  }

  private synchronized void flush() {
    flushed = System.nanoTime();
    if (pending.isEmpty()) {
      return;
    }
    String file = name + DONE + pending.keySet().iterator().next() + SUFFIX;
    directory.commit(
        file,
        beside -> {
          try (DataOutputStream out =
              new DataOutputStream(
                  new java.io.BufferedOutputStream(Files.newOutputStream(beside)))) {
            out.writeInt(FORMAT);
            out.writeInt(pending.size());
            for (Map.Entry<Integer, byte[]> each : pending.entrySet()) {
              out.writeInt(each.getKey());
              out.writeInt(each.getValue().length);
            }
            for (byte[] result : pending.values()) {
              out.write(result);
            }
          }
        });
    pending.keySet().forEach(task -> directory.delete(stateName(task)));
    pending.clear();
  }

  /**
   * What the names of the files begin with ({@code name}: that they were opened with); one
   * beginning.
   */
  public static List<String> names(String name) {
    return List.of(name + "-");
  }

  /** Removes everything, once the stage has its results in a file. */
  public synchronized void delete() {
    pending.clear();
    directory.results().stream()
        .filter(file -> file.startsWith(name + "-") && file.endsWith(SUFFIX))
        .forEach(directory::delete);
  }

  /** A task under way; for one thread. */
  public final class Under {
    private final int task;
    private long saved = System.nanoTime();

    private Under(int task) {
      this.task = task;
    }

    /**
     * How far the task had come when it was interrupted, from {@link #keep}; empty where it has not
     * begun.
     */
    public Optional<byte[]> state() {
      if (!directory.complete(stateName(task))) {
        return Optional.empty();
      }
      Path file = directory.file(stateName(task));
      try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
        requireFormat(in.readInt(), file);
        return Optional.of(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Whether the state has to be kept now; true before a stop and when the last time is long ago.
     */
    public boolean due() {
      return stop.requested() || System.nanoTime() - saved > NANOS * everySeconds;
    }

    /**
     * Keeps how far the task has come, and then ends it if a stop is requested ({@code state}: all
     * that is needed to go on).
     */
    public void keep(byte[] state) {
      directory.commit(
          stateName(task),
          beside -> {
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(beside))) {
              out.writeInt(FORMAT);
              out.write(state);
            }
          });
      flush();
      saved = System.nanoTime();
      stop.check();
    }
  }
}
