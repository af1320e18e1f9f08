package org.latticelift.bench.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A small file system in memory, whose size can be changed while it is used; needs root. */
final class Tmpfs implements AutoCloseable {
  private final Path folder;

  private Tmpfs(Path folder) {
    this.folder = folder;
  }

  /** Mounts one, or skips the test where this is not allowed. */
  static Tmpfs mount(Path folder, long kibibytes, long files) throws Exception {
    Files.createDirectories(folder);
    int code =
        call(List.of("mount", "-t", "tmpfs", "-o", size(kibibytes, files), "tmpfs", "" + folder));
    Assumptions.assumeTrue(code == 0, "SKIPPED: a tmpfs cannot be mounted here; be root");
    return new Tmpfs(folder);
  }

  private static String size(long kibibytes, long files) {
    return "size=" + kibibytes + "k,nr_inodes=" + files;
  }

  Path folder() {
    return folder;
  }

  /** Changes how much it holds. */
  void resize(long kibibytes, long files) throws Exception {
    if (call(List.of("mount", "-o", "remount," + size(kibibytes, files), "" + folder)) != 0) {
      throw new IOException("cannot change the size of " + folder);
    }
  }

  private static int call(List<String> command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws Exception {
    call(List.of("umount", "-l", "" + folder));
  }
}
