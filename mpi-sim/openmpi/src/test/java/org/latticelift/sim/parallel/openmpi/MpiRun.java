package org.latticelift.sim.parallel.openmpi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.parallel.communicator.RankJob;

/** {@code mpirun} as the launcher calls it. */
final class MpiRun {
  private static final Path PREPARED =
      Path.of("..", "..", ".latticelift", "mpi", "openmpi").toAbsolutePath().normalize();

  private MpiRun() {}

  static ProcessBuilder of(int ranks, Class<?> main, String... arguments) {
    Path transports =
        RankJob.transports(
            Path.of("target", "ranks"),
            "openmpi",
            PREPARED.resolve("mpi.jar"),
            Path.of("target", "classes"));
    List<String> words = new ArrayList<>(List.of("mpirun", "--oversubscribe"));
    words.addAll(List.of("--allow-run-as-root", "--bind-to", "none", "-np", "" + ranks));
    words.addAll(RankJob.java(transports, library(), main, arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("UCX_ERROR_SIGNALS", "");
    builder.environment().putIfAbsent("OMPI_MCA_btl", "self,sm");
    return builder;
  }

  private static String library() {
    try {
      return Files.readString(PREPARED.resolve("library")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
