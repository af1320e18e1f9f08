package org.latticelift.io.run.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The names of results and where they lie; none leads out of the folder. */
record Enclosure(Path root) {
  /**
   * Whether a text names a result: relative, in its shortest form, one line, none of the files that
   * the folder itself needs.
   */
  static boolean isName(String name) {
    try {
      Path path = Path.of(name);
      return !name.isEmpty()
          && !path.isAbsolute()
          && !path.startsWith("..")
          && path.normalize().toString().equals(name)
          && !name.contains("\n")
          && !name.endsWith(RunDirectory.PARTIAL)
          && !name.equals(Manifest.NAME)
          && !name.equals(Manifest.BESIDE)
          && !name.equals(FolderLock.NAME);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  Path file(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a name inside the folder: " + name);
    }
    return root.resolve(name);
  }

  Path beside(String name) {
    return root.resolve(name + RunDirectory.PARTIAL);
  }

  /** The path of a result to change; folders on the way that are links could lead anywhere. */
  Path own(String name) {
    Path file = file(name);
    for (Path on = file.getParent(); !root.equals(on); on = on.getParent()) {
      if (Files.isSymbolicLink(on)) {
        throw RunErrors.link(on);
      }
    }
    return file;
  }

  /** Whether something has that name, be it a link that leads nowhere. */
  static boolean taken(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes a file or a link, not what a link leads to. */
  static void remove(Path file) throws IOException {
    if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(file);
    }
  }
}
