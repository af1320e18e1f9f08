package org.latticelift.sim.parallel.communicator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of this process that lies in the machine's, as the kernel counts it. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double KIBI = 1024;

  private ResidentMemory() {}

  /**
   * The most that was resident since the process began (VmHWM): heap, the JVM itself and mapped
   * files.
   *
   * @return MiB; 0 where the kernel does not tell
   */
  public static double peakMebibytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIBI)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // not Linux
    }
  }
}
