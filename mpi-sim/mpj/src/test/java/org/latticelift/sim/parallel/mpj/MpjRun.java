package org.latticelift.sim.parallel.mpj;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.parallel.communicator.MpjJob;
import org.latticelift.sim.parallel.communicator.RankJob;

/** A process that starts the ranks, as the launcher's does. */
final class MpjRun {
  private static final Path PREPARED =
      Path.of("..", "..", ".latticelift", "mpi", "mpj").toAbsolutePath().normalize();

  private MpjRun() {}

  static ProcessBuilder of(int ranks, Class<?> main, String... arguments) {
    Path transports =
        RankJob.transports(
            Path.of("target", "ranks"),
            "mpj",
            PREPARED.resolve("mpj.jar"),
            PREPARED.resolve("log4j.jar"),
            PREPARED.resolve("home"),
            Path.of("target", "classes"));
    List<String> words = new ArrayList<>(List.of("" + ranks, main.getName()));
    words.addAll(List.of(arguments));
    return new ProcessBuilder(
        RankJob.java(transports, "/none", MpjJob.class, words.toArray(new String[0])));
  }
}
