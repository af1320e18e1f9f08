package org.latticelift.io.run.directory;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
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
import java.util.function.Supplier;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;

/**
 * Results of the tasks of a stage that only the end of the stage joins into a file, and the states
 * of tasks under way. Both are written at every checkpoint and before a stop, so that a stage
 * continues where it was interrupted. Finished results are stored many to a file {@code
 * NAME-done-TASK-SERIAL.ckpt}; the state of a task is a file {@code NAME-TASK.ckpt} of its own.
 *
 * <p>A file of results is never written again under its name, as results of an interrupted stage
 * are read from it until the stage ends. Each result stands there behind its task number and its
 * length, and both are compared when it is read. A stage that takes less than the time between two
 * checkpoints writes nothing. Safe for several threads, and for ranks that share the run directory.
 */
public final class KeptResults {
  private static final int FORMAT = 0x4c4c4b32; // "LLK2"
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

  /** Where the result of a task starts in a file: its task number, its length, its bytes. */
  private record Place(Path file, long offset) {}

  /**
   * Opens the results without reading or writing anything.
   *
   * @param directory of the run
   * @param name first part of the file names, relative to the run directory
   * @param everySeconds wall time between two checkpoints
   * @param stop checked by tasks under way
   */
  public KeptResults(RunDirectory directory, String name, double everySeconds, StopSignal stop) {
    this.directory = directory;
    this.name = name;
    this.everySeconds = everySeconds;
    this.stop = stop;
  }

  /**
   * Returns the result of a task: the stored one where the task was finished before an
   * interruption, else what {@code task} makes, which is stored now or together with later ones.
   *
   * @param number of the task
   * @param task makes the result, which nobody may modify any more
   */
  public byte[] result(int number, Supplier<byte[]> task) {
    Optional<byte[]> stored = stored(number);
    if (stored.isPresent()) {
      return stored.get();
    }
    byte[] made = task.get();
    add(number, made);
    return made;
  }

  /** Does the work of a stage; where it ends by a request to stop, what is finished is stored. */
  public <T> T keeping(Supplier<T> work) {
    try {
      return work.get();
    } catch (LatticeLiftException e) {
      if (e.exitCode() == ExitCode.STOPPED) {
        flush();
      }
      throw e;
    }
  }

  private synchronized Optional<byte[]> stored(int number) {
    if (kept == null) {
      kept = new HashMap<>();
      directory.results().stream()
          .filter(file -> file.startsWith(name + DONE))
          .filter(directory::complete)
          .forEach(file -> index(directory.file(file)));
    }
    return Optional.ofNullable(kept.get(number)).map(place -> read(number, place));
  }

  private void index(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      requireFormat(in.readInt(), file);
      long offset = Integer.BYTES;
      while (offset < in.length()) {
        in.seek(offset);
        kept.put(in.readInt(), new Place(file, offset));
        offset += 2L * Integer.BYTES + Math.max(0, in.readInt());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(int number, Place place) {
    try (RandomAccessFile in = new RandomAccessFile(place.file().toFile(), "r")) {
      in.seek(place.offset());
      int found = in.readInt();
      int length = in.readInt();
      if (found != number || length < 0 || length > in.length() - in.getFilePointer()) {
        throw otherResult(number, place.file());
      }
      byte[] result = new byte[length];
      in.readFully(result);
      return result;
    } catch (EOFException e) {
      throw otherResult(number, place.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LatticeLiftException otherResult(int number, Path file) {
    return new LatticeLiftException(
        ExitCode.NUMERICAL,
        "the result of task " + number + " is not where it was stored",
        file.toString(),
        "a file of results that nobody changes",
        "Start the stage again with 'latticelift run CONFIG --from STAGE'");
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

  /** Begins or continues task number {@code task}, and returns where its state is stored. */
  public Under begin(int task) {
    return new Under(task);
  }

  private synchronized void add(int task, byte[] result) {
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
    directory.commit(
        freeName(pending.keySet().iterator().next()),
        beside -> {
          try (DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
            out.writeInt(FORMAT);
            for (Map.Entry<Integer, byte[]> each : pending.entrySet()) {
              out.writeInt(each.getKey());
              out.writeInt(each.getValue().length);
              out.write(each.getValue());
            }
          }
        });
    pending.keySet().forEach(task -> directory.delete(stateName(task)));
    pending.clear();
  }

  /** Tasks of one job differ between ranks, serial numbers between jobs. */
  private String freeName(int task) {
    String first = name + DONE + task + "-";
    List<String> taken = directory.results();
    int serial = 0;
    while (taken.contains(first + serial + SUFFIX)) {
      serial++;
    }
    return first + serial + SUFFIX;
  }

  /** Returns the beginnings of the names of all files that results opened as {@code name} have. */
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

    /** Returns the state that {@link #keep} stored last; empty where the task has not begun. */
    public Optional<byte[]> state() {
      if (!directory.complete(stateName(task))) {
        return Optional.empty();
      }
      Path file = directory.file(stateName(task));
      try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
        requireFormat(in.readInt(), file);
        if (in.readInt() != task) {
          throw otherResult(task, file);
        }
        return Optional.of(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Returns whether a stop is requested or the last checkpoint is long ago. */
    public boolean due() {
      return stop.requested() || System.nanoTime() - saved > NANOS * everySeconds;
    }

    /** Stores {@code state}, from which the task can continue, and ends it on a stop. */
    public void keep(byte[] state) {
      directory.commit(
          stateName(task),
          beside -> {
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(beside))) {
              out.writeInt(FORMAT);
              out.writeInt(task);
              out.write(state);
            }
          });
      flush();
      saved = System.nanoTime();
      stop.check();
    }
  }
}
