package org.latticelift.rundir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.latticelift.error.ExitCode;
import org.latticelift.error.LatticeLiftException;

/**
 * The folder of one run. A file is committed in this order: written to {@code NAME.partial}, made
 * durable, checksummed, an earlier checksum of that name withdrawn, renamed, the folder made
 * durable, the checksum recorded. So a crash at any point leaves either no file, a file that does
 * not count as complete, or a complete one; never half a file under its final name.
 *
 * <p>Commits of different names may run at the same time. The folder is locked until {@link
 * #close()}.
 */
public final class RunDirectory implements AutoCloseable {
  static final String PARTIAL = ".partial";

  private final Path root;
  private final Disk disk;
  private final FolderLock lock;
  private final Ledger manifest;
  private final boolean trusted;
  private final Set<String> verified = new HashSet<>();

  private RunDirectory(Path root, Disk disk, FolderLock lock, Ledger manifest, boolean trusted) {
    this.root = root;
    this.disk = disk;
    this.lock = lock;
    this.manifest = manifest;
    this.trusted = trusted;
  }

  /**
   * Opens or makes the folder and locks it.
   *
   * @param root the folder
   * @param mode what to do with earlier results; {@code RESUME} of a missing or empty folder starts
   *     a new run
   * @param fingerprint one line that is equal for equal configurations
   * @return the folder; close it to release the lock
   */
  public static RunDirectory open(Path root, OpenMode mode, String fingerprint) {
    return open(root, mode, fingerprint, Disk.SYSTEM);
  }

  static RunDirectory open(Path root, OpenMode mode, String fingerprint, Disk disk) {
    if (fingerprint.contains("\n")) {
      throw new IllegalArgumentException("a fingerprint is one line");
    }
    FolderLock lock = null;
    try {
      Files.createDirectories(root);
      if (mode == OpenMode.NEW && !isEmpty(root)) {
        throw RunErrors.notEmpty(root);
      }
      lock = FolderLock.take(root);
      return new RunDirectory(root, disk, lock, manifest(root, mode, fingerprint, disk), false);
    } catch (IOException | LatticeLiftException e) {
      release(lock);
      throw e instanceof LatticeLiftException known
          ? known
          : RunErrors.output(root, (IOException) e);
    }
  }

  /**
   * The folder as another process of the same job sees it, which commits files into it while the
   * process that has opened it keeps the list. That one has verified what is recorded.
   *
   * @param root the folder
   * @param ledger records there
   * @return the folder; closing it releases nothing
   */
  public static RunDirectory join(Path root, Ledger ledger) {
    return new RunDirectory(root, Disk.SYSTEM, null, ledger, true);
  }

  /**
   * The list of committed files, for other processes of this job.
   *
   * @return records as this directory does
   */
  public Ledger ledger() {
    return manifest;
  }

  private static void release(FolderLock lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean isEmpty(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.allMatch(file -> file.endsWith(FolderLock.NAME));
    }
  }

  private static Manifest manifest(Path root, OpenMode mode, String fingerprint, Disk disk)
      throws IOException {
    removePartials(root);
    if (mode == OpenMode.RESUME && !isEmpty(root)) {
      return resumed(root, fingerprint, disk);
    }
    if (mode == OpenMode.OVERWRITE && Manifest.exists(root)) {
      removeResults(root, Manifest.load(root, disk));
    }
    return Manifest.create(root, disk, fingerprint);
  }

  private static Manifest resumed(Path root, String fingerprint, Disk disk) throws IOException {
    if (!Manifest.exists(root)) {
      throw RunErrors.notARun(root);
    }
    Manifest manifest = Manifest.load(root, disk);
    if (!manifest.fingerprint().equals(fingerprint)) {
      throw RunErrors.otherConfiguration(root);
    }
    return manifest;
  }

  private static void removeResults(Path root, Manifest manifest) throws IOException {
    for (String name : List.copyOf(manifest.checksums().keySet())) {
      Files.deleteIfExists(root.resolve(name));
    }
  }

  private static void removePartials(Path root) throws IOException {
    List<Path> partials;
    try (Stream<Path> files = Files.walk(root)) {
      partials = files.filter(file -> file.toString().endsWith(PARTIAL)).toList();
    }
    for (Path partial : partials) {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * The folder.
   *
   * @return as given to {@link #open}
   */
  public Path root() {
    return root;
  }

  /**
   * The path of a file in the folder.
   *
   * @param name relative name, parts joined by {@code /}
   * @return the final path, whether it exists or not
   */
  public Path file(String name) {
    Path file = root.resolve(name).normalize();
    if (!file.startsWith(root.normalize()) || name.endsWith(PARTIAL) || name.contains("\n")) {
      throw new IllegalArgumentException("not a name inside the folder: " + name);
    }
    return file;
  }

  /**
   * Whether a result was committed and is unchanged; a changed one is an error (exit code 65).
   *
   * @param name relative name
   * @return true if it exists and its checksum is the recorded one
   */
  public synchronized boolean complete(String name) {
    Path file = file(name);
    if (manifest.checksum(name).isEmpty() || !Files.exists(file)) {
      return false;
    }
    if (!trusted && !verified.contains(name)) {
      verify(name, file);
    }
    return true;
  }

  private void verify(String name, Path file) {
    try {
      if (!Disk.sha256(file).equals(manifest.checksum(name).orElseThrow())) {
        throw RunErrors.changed(file);
      }
      verified.add(name);
    } catch (IOException e) {
      throw LatticeLiftException.badData(
          "the file cannot be read", file.toString(), "a readable file", "Check the disk");
    }
  }

  /**
   * Where the contents of a file are while they are being committed, for processes that write them
   * together with the one that commits.
   *
   * @param name relative name
   * @return beside the final path
   */
  public Path beside(String name) {
    Path file = file(name);
    return file.resolveSibling(file.getFileName() + PARTIAL);
  }

  /**
   * Commits one file: after this call it is complete and durable. On failure nothing of it remains
   * and an earlier file of that name stays.
   *
   * @param name relative name; missing folders are made
   * @param writer writes the file
   */
  public void commit(String name, OutputBody writer) {
    Path file = file(name);
    Path beside = beside(name);
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(beside);
      writer.write(beside);
      disk.forceFile(beside);
      publish(name, beside, file, Disk.sha256(beside));
    } catch (UncheckedIOException e) {
      throw RunErrors.output(file, e.getCause());
    } catch (IOException e) {
      throw RunErrors.output(file, e);
    } finally {
      Disk.deleteQuietly(beside);
    }
  }

  private synchronized void publish(String name, Path beside, Path file, String checksum)
      throws IOException {
    manifest.remove(name);
    verified.remove(name);
    disk.rename(beside, file);
    disk.forceFolder(file.getParent());
    manifest.put(name, checksum);
    verified.add(name);
  }

  /**
   * Removes a result, committed or not.
   *
   * @param name relative name
   */
  public synchronized void delete(String name) {
    Path file = file(name);
    try {
      manifest.remove(name);
      verified.remove(name);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw RunErrors.output(file, e);
    }
  }

  /**
   * The recorded checksum of a result.
   *
   * @param name relative name
   * @return sha256 in hexadecimal
   */
  public synchronized String checksum(String name) {
    return manifest
        .checksum(name)
        .orElseThrow(
            () ->
                new LatticeLiftException(
                    ExitCode.MISSING_INPUT,
                    "the result is missing",
                    file(name).toString(),
                    "a committed result",
                    "Run the stage that writes it"));
  }

  /**
   * Names of all committed results.
   *
   * @return sorted names
   */
  public synchronized List<String> results() {
    return List.copyOf(manifest.checksums().keySet());
  }

  /** Releases the lock. */
  @Override
  public void close() {
    release(lock);
  }
}
