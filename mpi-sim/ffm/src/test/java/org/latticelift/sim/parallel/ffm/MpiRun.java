package org.latticelift.sim.parallel.ffm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.sim.parallel.communicator.RankJob;

/** The starters of ranks of the MPI libraries that tests run with. */
enum MpiRun {
  /** {@code mpirun} of Open MPI. */
  OPEN_MPI("mpirun.openmpi", "--oversubscribe", "--allow-run-as-root", "--bind-to", "none"),
  /** Hydra, the starter of MPICH. */
  MPICH("mpiexec.hydra");

  /** The part of the launcher that waits for Hydra. */
  private static final Path RANKS =
      Path.of("..", "..", "learn", "app", "launcher", "ranks.sh").toAbsolutePath().normalize();

  private final List<String> words;

  MpiRun(String... words) {
    this.words = List.of(words);
  }

  /** Name of the program, as Debian has it; a test is skipped where it is missing. */
  String program() {
    String program = words.get(0);
    boolean here =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(here, () -> "no " + program + ": install openmpi-bin and mpich");
    return program;
  }

  ProcessBuilder of(int ranks, Class<?> main, String... arguments) {
    Path transports =
        RankJob.transports(Path.of("target", "ranks"), "ffm", Path.of("target", "classes"));
    List<String> command = new ArrayList<>();
    if (this == MPICH) {
      command.addAll(
          List.of("/bin/bash", "-euc", "source '" + RANKS + "'; run_watched \"$@\"", "run"));
    }
    command.add(program());
    command.addAll(words.subList(1, words.size()));
    command.addAll(List.of("-np", "" + ranks));
    command.addAll(RankJob.java(transports, "/none", main, arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("UCX_ERROR_SIGNALS", "");
    builder.environment().put("LATTICELIFT_TRANSPORT", "ffm");
    builder.environment().putIfAbsent("OMPI_MCA_btl", "self,sm");
    return builder;
  }
}
