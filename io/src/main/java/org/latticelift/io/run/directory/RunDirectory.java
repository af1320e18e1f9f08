package org.latticelift.io.run.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The folder of one run. A file is committed in this order: announced, written beside, made
 * durable, its checksum announced, renamed, the folder made durable, the checksum recorded. So a
 * crash at any point leaves the earlier file or the new one, complete; never half a file under its
 * final name.
 *
 * <p>Nothing is replaced or removed but what the list records or announces, and nothing outside the
 * folder: no file is searched for, a name cannot lead out, links to folders are not followed.
 *
 * <p>Commits of different names may run at the same time. The folder is locked until {@link
 * #close()}.
 */
public final class RunDirectory implements AutoCloseable {
  /** The list of complete files with their checksums. */
  public static final String CHECKSUMS = Manifest.NAME;

  static final String PARTIAL = ".latticelift.partial";

  private final Path root;
  private final Enclosure enclosure;
  private final Disk disk;
  private final FolderLock lock;
  private final Ledger manifest;
  private final boolean trusted;
  private final Set<String> verified = new HashSet<>();

  private RunDirectory(Path root, Disk disk, FolderLock lock, Ledger manifest, boolean trusted) {
    this.root = root;
    this.enclosure = new Enclosure(root);
    this.disk = disk;
    this.lock = lock;
    this.manifest = manifest;
    this.trusted = trusted;
  }

  /**
   * Opens or makes the folder and locks it ({@code mode}: what to do with earlier results; {@code
   * RESUME} of a missing or empty folder starts a new run; {@code fingerprint}: one line that is
   * equal for equal configurations); the folder; close it to release the lock.
   */
  public static RunDirectory open(Path root, OpenMode mode, String fingerprint) {
    return open(root, mode, fingerprint, Disk.SYSTEM);
  }

  /**
   * The line with which a folder was opened when its run began ({@code root}: a folder, which need
   * not exist); empty if it holds no run.
   */
  public static Optional<String> fingerprint(Path root) {
    try {
      return Manifest.exists(root)
          ? Optional.of(Manifest.load(root, Disk.SYSTEM).fingerprint())
          : Optional.empty();
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(root, e);
    }
  }

  /**
   * The same for a folder that has run directories in it. Where it has no list of its own yet, it
   * is known by them.
   *
   * @param mode what to do with earlier results
   * @param fingerprint one line that is equal for equal configurations
   * @param runs the folders in it that may be runs
   * @return the folder; close it to release the lock
   */
  public static RunDirectory openAround(
      Path root, OpenMode mode, String fingerprint, List<Path> runs) {
    boolean known = mode != OpenMode.NEW && runs.stream().anyMatch(Manifest::exists);
    return open(root, mode, fingerprint, Disk.SYSTEM, known);
  }

  static RunDirectory open(Path root, OpenMode mode, String fingerprint, Disk disk) {
    return open(root, mode, fingerprint, disk, false);
  }

  private static RunDirectory open(
      Path folder, OpenMode mode, String fingerprint, Disk disk, boolean known) {
    Path root = folder.toString().isEmpty() ? Path.of(".") : folder;
    if (fingerprint.contains("\n")) {
      throw new IllegalArgumentException("a fingerprint is one line");
    }
    FolderLock lock = null;
    try {
      Files.createDirectories(root);
      earlier(root, mode, disk, known); // before anything is made in a folder that is not ours
      lock = FolderLock.take(root);
      Optional<Manifest> earlier = earlier(root, mode, disk, known);
      Manifest manifest = manifest(root, mode, fingerprint, disk, earlier);
      return new RunDirectory(root, disk, lock, manifest, false);
    } catch (IOException | LatticeLiftException e) {
      release(lock);
      throw e instanceof LatticeLiftException user
          ? user
          : LatticeLiftException.unwritable(root, (IOException) e);
    }
  }

  /**
   * The folder as another process of the same job sees it, which commits files into it while the
   * process that has opened it keeps the list. That one has verified what is recorded. Returns the
   * folder; closing it releases nothing ({@code ledger}: records there).
   */
  public static RunDirectory join(Path root, Ledger ledger) {
    return new RunDirectory(root, Disk.SYSTEM, null, ledger, true);
  }

  /**
   * The folder of another run, whose results are read and which is left as it is.
   *
   * @return the folder, not locked; nothing is to be committed
   * @throws LatticeLiftException (66) if it is none of a run, (65) if its list is damaged
   */
  public static RunDirectory view(Path root) {
    if (!Manifest.exists(root)) {
      throw new LatticeLiftException(
          ExitCode.MISSING_INPUT,
          "no run in this folder",
          root.toString(),
          "a run directory, which has a file " + CHECKSUMS,
          "Name another folder");
    }
    try {
      return new RunDirectory(root, Disk.SYSTEM, null, Manifest.load(root, Disk.SYSTEM), false);
    } catch (IOException e) {
      throw LatticeLiftException.unreadable(root.resolve(CHECKSUMS), "a list of results", e);
    }
  }

  /**
   * The list of committed files, for other processes of this job; records as this directory does.
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

  /** The list of an earlier run that this mode may go on with; a folder of others is refused. */
  private static Optional<Manifest> earlier(Path root, OpenMode mode, Disk disk, boolean known)
      throws IOException {
    boolean listed = Manifest.exists(root);
    if (listed && mode == OpenMode.NEW) {
      throw RunErrors.notEmpty(root);
    }
    if (!listed && !known && !isUnused(root)) {
      throw RunErrors.notARun(root);
    }
    if (!Manifest.ownsBeside(root)) {
      throw RunErrors.foreign(root.resolve(Manifest.BESIDE));
    }
    return listed ? Optional.of(Manifest.load(root, disk)) : Optional.empty();
  }

  /** Whether there is nothing but what a run leaves that ends before it has a list. */
  private static boolean isUnused(Path root) throws IOException {
    Set<String> own = Set.of(FolderLock.NAME, Manifest.BESIDE);
    try (Stream<Path> files = Files.list(root)) {
      return files.allMatch(file -> own.contains(file.getFileName().toString()))
          && FolderLock.ours(root)
          && Manifest.ownsBeside(root);
    }
  }

  private static Manifest manifest(
      Path root, OpenMode mode, String fingerprint, Disk disk, Optional<Manifest> earlier)
      throws IOException {
    if (earlier.isEmpty()) {
      return Manifest.create(root, disk, fingerprint);
    }
    Manifest manifest = earlier.get();
    if (mode == OpenMode.RESUME) {
      if (!manifest.fingerprint().equals(fingerprint)) {
        throw RunErrors.otherConfiguration(root);
      }
      manifest.settle();
      return manifest;
    }
    manifest.settle();
    removeResults(new Enclosure(root), manifest.checksums());
    return Manifest.create(root, disk, fingerprint);
  }

  /** Looks at all of them before it removes the first. */
  private static void removeResults(Enclosure enclosure, Map<String, String> checksums)
      throws IOException {
    for (Map.Entry<String, String> entry : checksums.entrySet()) {
      Path file = enclosure.own(entry.getKey());
      if (Enclosure.taken(file) && !holds(file, entry.getValue())) {
        throw RunErrors.changed(file);
      }
    }
    for (String name : checksums.keySet()) {
      Enclosure.remove(enclosure.own(name));
    }
  }

  private static boolean holds(Path file, String checksum) throws IOException {
    return Files.isRegularFile(file) && Disk.sha256(file).equals(checksum);
  }

  /** The folder, as given to {@link #open}. */
  public Path root() {
    return root;
  }

  /**
   * The path of a file in the folder ({@code name}: relative name, parts joined by {@code /}); the
   * final path, whether it exists or not.
   */
  public Path file(String name) {
    return enclosure.file(name);
  }

  /**
   * Refuses a name that a file of somebody else has (exit code 73), before work is done for it
   * ({@code name}: relative name).
   */
  public void requireFree(String name) {
    Path file = enclosure.own(name);
    if (manifest.checksum(name).isEmpty() && Enclosure.taken(file)) {
      throw RunErrors.foreign(file);
    }
  }

  /**
   * Whether a result was committed and is unchanged; a changed one is an error (exit code 65)
   * ({@code name}: relative name); true if it exists and its checksum is the recorded one.
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
      if (!holds(file, manifest.checksum(name).orElseThrow())) {
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
   * together with the one that commits ({@code name}: relative name); beside the final path.
   */
  public Path beside(String name) {
    return enclosure.beside(name);
  }

  /**
   * Commits one file: after this call it is complete and durable. On failure nothing of it remains
   * and an earlier file of that name stays. A file of that name, or beside it, that this run has
   * not written is an error (73). {@code name}: relative name; missing folders are made. {@code
   * writer}: writes the file.
   */
  public void commit(String name, OutputBody writer) {
    requireFree(name);
    Path file = file(name);
    Path beside = beside(name);
    if (Enclosure.taken(beside)) {
      throw RunErrors.foreign(beside);
    }
    try {
      Files.createDirectories(file.getParent());
      manifest.announce(name, Ledger.UNKNOWN);
      writer.write(beside);
      disk.forceFile(beside);
      publish(name, beside, file, Disk.sha256(beside));
    } catch (LatticeLiftException e) {
      throw RunErrors.named(file, beside, e);
    } catch (UncheckedIOException e) {
      throw LatticeLiftException.unwritable(file, e.getCause());
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    } finally {
      Disk.deleteQuietly(beside);
    }
  }

  /** Commits a text in UTF-8. */
  public void commitText(String name, String text) {
    commit(name, beside -> Files.writeString(beside, text));
  }

  private synchronized void publish(String name, Path beside, Path file, String checksum)
      throws IOException {
    manifest.announce(name, checksum);
    verified.remove(name);
    disk.rename(beside, file);
    disk.forceFolder(file.getParent());
    manifest.put(name, checksum);
    verified.add(name);
  }

  /** Removes a result; a file that is not one stays ({@code name}: relative name). */
  public synchronized void delete(String name) {
    Path file = enclosure.own(name);
    Optional<String> checksum = manifest.checksum(name);
    if (checksum.isEmpty()) {
      return;
    }
    try {
      verified.remove(name);
      if (Enclosure.taken(file)) {
        manifest.announce(name, checksum.get()); // else the list names a file that is not there
        Enclosure.remove(file);
        disk.forceFolder(file.getParent());
      }
      manifest.remove(name);
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }

  /** The recorded checksum of a result ({@code name}: relative name); sha256 in hexadecimal. */
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

  /** Names of all committed results; sorted names. */
  public synchronized List<String> results() {
    return List.copyOf(manifest.checksums().keySet());
  }

  /** Releases the lock. */
  @Override
  public void close() {
    release(lock);
  }
}
