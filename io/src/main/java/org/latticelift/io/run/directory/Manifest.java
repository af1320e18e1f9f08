package org.latticelift.io.run.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The list of committed files with their checksums, itself replaced in one step at each change.
 * {@code sha256sum -c} understands it. Comments announce files that are being written or removed,
 * so that what a killed run leaves is known to be its own; while a file is replaced or removed its
 * checksum is a comment too, as it may be the earlier file, the new one or none.
 */
final class Manifest implements Ledger {
  static final String NAME = "checksums.sha256";
  static final String BESIDE = NAME + ".partial";
  private static final String HEADER = "# latticelift run ";
  private static final String WRITING = "# writing ";
  private static final String REPLACING = "# replacing ";
  private static final String SEPARATOR = "  ";
  private static final String SUM = "[0-9a-f]{64}";

  /** A million files; more is no list of ours. */
  private static final long MAX_BYTES = 1L << 28;

  private final Path root;
  private final Disk disk;
  private final String fingerprint;
  private final Map<String, String> checksums = new TreeMap<>();
  private final Map<String, String> announced = new TreeMap<>();

  private Manifest(Path root, Disk disk, String fingerprint) {
    this.root = root;
    this.disk = disk;
    this.fingerprint = fingerprint;
  }

  static Manifest create(Path root, Disk disk, String fingerprint) throws IOException {
    Manifest manifest = new Manifest(root, disk, fingerprint);
    manifest.save();
    return manifest;
  }

  static boolean exists(Path root) {
    return Files.isRegularFile(root.resolve(NAME), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether the file in which a list is prepared is absent or ours, whole or cut. */
  static boolean ownsBeside(Path root) throws IOException {
    Path file = root.resolve(BESIDE);
    if (!Enclosure.taken(file)) {
      return true;
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && startsAsOurs(file);
  }

  private static boolean startsAsOurs(Path file) throws IOException {
    String start = FolderLock.start(file, HEADER.length());
    return HEADER.startsWith(start);
  }

  static Manifest load(Path root, Disk disk) throws IOException {
    String[] lines = text(root.resolve(NAME)).split("\n");
    if (!lines[0].startsWith(HEADER)) {
      throw damaged(root, 1);
    }
    Manifest manifest = new Manifest(root, disk, lines[0].substring(HEADER.length()));
    for (int i = 1; i < lines.length; i++) {
      if (!manifest.read(lines[i])) {
        throw damaged(root, i + 1);
      }
    }
    return manifest;
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw damaged(file.getParent(), 1);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw damaged(file.getParent(), 1);
    }
  }

  private boolean read(String line) {
    boolean announces = line.startsWith(WRITING);
    String[] parts =
        announces
            ? line.substring(WRITING.length()).split(" ", 2)
            : line.startsWith(REPLACING)
                ? line.substring(REPLACING.length()).split(" ", 2)
                : line.split(SEPARATOR, 2);
    boolean known = parts[0].matches(SUM) || announces && parts[0].equals(UNKNOWN);
    if (parts.length != 2 || !known || !Enclosure.isName(parts[1])) {
      return false;
    }
    (announces ? announced : checksums).put(parts[1], parts[0]);
    return true;
  }

  private static LatticeLiftException damaged(Path root, int line) {
    return LatticeLiftException.badData(
        "the list of results is damaged",
        root.resolve(NAME) + ":" + line,
        "lines of sha256 and the name of a file in the folder",
        "Choose another --out, or look through the folder and remove it");
  }

  String fingerprint() {
    return fingerprint;
  }

  /**
   * Removes what a killed run was writing. A file that it had put in place is a result, by its
   * checksum; one that it had removed is none.
   */
  synchronized void settle() throws IOException {
    Enclosure enclosure = new Enclosure(root);
    for (Map.Entry<String, String> entry : announced.entrySet()) {
      Path file = enclosure.own(entry.getKey());
      Enclosure.remove(enclosure.beside(entry.getKey()));
      if (!Enclosure.taken(file)) {
        checksums.remove(entry.getKey());
      } else if (Files.isRegularFile(file) && Disk.sha256(file).equals(entry.getValue())) {
        checksums.put(entry.getKey(), entry.getValue());
      }
    }
    if (!announced.isEmpty()) {
      announced.clear();
      save();
    }
  }

  @Override
  public synchronized Optional<String> checksum(String name) {
    return Optional.ofNullable(checksums.get(name));
  }

  @Override
  public synchronized Map<String, String> checksums() {
    return new TreeMap<>(checksums);
  }

  @Override
  public synchronized void announce(String name, String checksum) throws IOException {
    announced.put(name, checksum);
    save();
  }

  @Override
  public synchronized void put(String name, String checksum) throws IOException {
    announced.remove(name);
    checksums.put(name, checksum);
    save();
  }

  @Override
  public synchronized void remove(String name) throws IOException {
    boolean changed = announced.remove(name) != null;
    if (checksums.remove(name) != null || changed) {
      save();
    }
  }

  private void save() throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append(fingerprint).append('\n');
    announced.forEach((name, sum) -> text.append(WRITING + sum + " " + name + "\n"));
    checksums.forEach(
        (name, sum) ->
            text.append(announced.containsKey(name) ? REPLACING + sum + " " : sum + SEPARATOR)
                .append(name)
                .append('\n'));
    Path beside = root.resolve(BESIDE);
    Files.writeString(beside, text);
    disk.forceFile(beside);
    disk.rename(beside, root.resolve(NAME));
    disk.forceFolder(root);
  }
}
