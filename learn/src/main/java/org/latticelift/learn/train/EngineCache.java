package org.latticelift.learn.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * The folder into which the training engine unpacks its native library at its first start. The
 * engine itself does not keep several processes, such as the ranks of a job, from doing so at once.
 */
final class EngineCache {
  private EngineCache() {}

  /** Starts something while no other process and no other thread does. */
  static synchronized <T> T alone(Supplier<T> start) {
    try (FileChannel file = open()) {
      file.lock(); // until the channel is closed
      return start.get();
    } catch (IOException e) {
      return start.get(); // nothing can be unpacked into a folder that cannot be written
    }
  }

  private static FileChannel open() throws IOException {
    String folder = System.getenv("DJL_CACHE_DIR");
    Path cache =
        folder == null ? Path.of(System.getProperty("user.home"), ".djl.ai") : Path.of(folder);
    Files.createDirectories(cache);
    return FileChannel.open(
        cache.resolve("latticelift.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
