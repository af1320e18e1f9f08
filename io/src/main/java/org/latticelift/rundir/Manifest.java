package org.latticelift.rundir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latticelift.error.LatticeLiftException;

/**
 * The list of committed files with their checksums, itself replaced in one step at each change.
 * {@code sha256sum -c} understands it.
 */
final class Manifest implements Ledger {
  static final String NAME = "checksums.sha256";
  private static final String HEADER = "# latticelift run ";
  private static final String SEPARATOR = "  ";

  private final Path root;
  private final Disk disk;
  private final String fingerprint;
  private final Map<String, String> checksums = new TreeMap<>();

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
    return Files.exists(root.resolve(NAME));
  }

  static Manifest load(Path root, Disk disk) throws IOException {
    Path file = root.resolve(NAME);
    String[] lines = Files.readString(file).split("\n");
    if (!lines[0].startsWith(HEADER)) {
      throw damaged(file, 1);
    }
    Manifest manifest = new Manifest(root, disk, lines[0].substring(HEADER.length()));
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(SEPARATOR, 2);
      if (parts.length != 2 || !parts[0].matches("[0-9a-f]{64}")) {
        throw damaged(file, i + 1);
      }
      manifest.checksums.put(parts[1], parts[0]);
    }
    return manifest;
  }

  private static LatticeLiftException damaged(Path file, int line) {
    return LatticeLiftException.badData(
        "the list of results is damaged",
        file + ":" + line,
        "lines of sha256 and file name",
        "Remove the folder or choose another --out");
  }

  String fingerprint() {
    return fingerprint;
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
  public synchronized void put(String name, String checksum) throws IOException {
    checksums.put(name, checksum);
    save();
  }

  @Override
  public synchronized void remove(String name) throws IOException {
    if (checksums.remove(name) != null) {
      save();
    }
  }

  private void save() throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append(fingerprint).append('\n');
    checksums.forEach((name, sum) -> text.append(sum).append(SEPARATOR).append(name).append('\n'));
    Path beside = root.resolve(NAME + RunDirectory.PARTIAL);
    Files.writeString(beside, text);
    disk.forceFile(beside);
    disk.rename(beside, root.resolve(NAME));
    disk.forceFolder(root);
  }
}
