package org.latticelift.sim.parallel.communicator;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts real processes that form a job, and collects what they leave behind. */
public final class RankJob {
  /** More than any job of a test takes on a loaded machine. */
  private static final int LIMIT_SECONDS = 120;

  private static final int FOREIGN_FUNCTIONS = 22;

  private RankJob() {}

  /**
   * What a job left behind.
   *
   * @param code exit code of what started the ranks
   * @param text what all have printed
   * @param seconds until it ended
   */
  public record Outcome(int code, String text, double seconds) {}

  /**
   * A folder of transports with one in it, as the launcher makes it.
   *
   * @param parent where to make it
   * @param name of the transport
   * @param content its jars and class folders
   * @return the folder for the property
   */
  public static Path transports(Path parent, String name, Path... content) {
    try {
      Path folder = Files.createDirectories(parent.resolve(name)).toAbsolutePath();
      for (Path part : content) {
        Path link = folder.resolve(part.getFileName());
        if (Files.notExists(link)) {
          Files.createSymbolicLink(link, part.toAbsolutePath());
        }
      }
      return folder.getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The command line of one rank in this JVM's Java.
   *
   * @param transports folder of transports
   * @param library folder of native libraries
   * @param main class to run
   * @param arguments its arguments
   * @return words; the class path is this one without what belongs to a transport
   */
  public static List<String> java(
      Path transports, String library, Class<?> main, String... arguments) {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    !entry.matches(
                        ".*(/\\.latticelift/mpi/.*|/mpi-sim/(openmpi|mpj|ffm)/target/.*)"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx300m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= FOREIGN_FUNCTIONS) {
      words.add("--enable-native-access=ALL-UNNAMED");
    }
    words.add("-D" + Transports.FOLDER + "=" + transports);
    words.add("-Djava.library.path=" + library);
    words.addAll(List.of("-cp", classPath, main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  /**
   * Runs a command to its end.
   *
   * @param builder of the process; its output is collected
   * @return what it left
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the caller is interrupted
   */
  public static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path text = Files.createTempFile("job", ".txt");
    long start = System.nanoTime();
    Process process = builder.redirectErrorStream(true).redirectOutput(text.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    Outcome outcome =
        new Outcome(process.exitValue(), Files.readString(text), (System.nanoTime() - start) / 1e9);
    Files.delete(text);
    return outcome;
  }
}
