package org.latticelift.io.run.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Writes one result outside a run directory: beside its final name, then renamed in one step. */
public final class SingleFile {
  private static final AtomicLong NUMBER = new AtomicLong();

  private SingleFile() {}

  /**
   * Writes a file. Nothing is left under the final name, or beside it, if it fails or a signal that
   * can be caught ends the process.
   *
   * @param file the final name; its folder is made if absent
   * @param overwrite whether an existing file is replaced; else it is an error (73)
   * @param body writes the content to the path it is given
   */
  public static void write(Path file, boolean overwrite, OutputBody body) {
    requireFree(file, overwrite);
    Path beside = free(file.toAbsolutePath());
    Thread ended = new Thread(() -> Disk.deleteQuietly(beside), "remove " + beside.getFileName());
    Runtime.getRuntime().addShutdownHook(ended); // Ctrl-C and SIGTERM come to no finally
    try {
      Files.createDirectories(beside.getParent());
      body.write(beside);
      Disk.SYSTEM.forceFile(beside);
      requireFree(file, overwrite); // of another process that was faster
      Disk.SYSTEM.rename(beside, file);
    } catch (LatticeLiftException e) {
      throw RunErrors.named(file, beside, e);
    } catch (UncheckedIOException e) {
      throw LatticeLiftException.unwritable(file, e.getCause());
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    } finally {
      Disk.deleteQuietly(beside);
      forget(ended);
    }
  }

  /** Writes a text in UTF-8. */
  public static void writeText(Path file, boolean overwrite, String text) {
    write(file, overwrite, beside -> Files.writeString(beside, text));
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process ends, and the hook runs
    }
  }

  /**
   * Refuses a name that {@link #write} would refuse; for results that take long to make ({@code
   * file}: the final name; {@code overwrite}: whether an existing file may be replaced).
   */
  public static void requireFree(Path file, boolean overwrite) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "cannot write: " + (Files.isDirectory(file) ? "it is a folder" : "it is no regular file"),
          file.toString(),
          "a file, which is written beside and renamed",
          "Choose another name");
    }
    if (Files.exists(file) && !overwrite) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "the file exists",
          file.toString(),
          "a new file",
          "Use --overwrite to replace it, or choose another name");
    }
  }

  /** A name beside the file that nothing has, not even what another process writes. */
  private static Path free(Path file) {
    String process = file.getFileName() + "." + ProcessHandle.current().pid() + "-";
    Path beside;
    do {
      beside = file.resolveSibling(process + NUMBER.getAndIncrement() + RunDirectory.PARTIAL);
    } while (Enclosure.taken(beside));
    return beside;
  }
}
