package org.latticelift.sim.parallel.communicator;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * How this process was started: alone, or as one of the ranks of a job. Read from the variables
 * that {@code mpirun} and {@code srun} set, and from the arguments that MPJ Express puts in front.
 *
 * @param transport name of the transport
 * @param ranks number of processes that were started, 0 where the starter does not say
 * @param rankArguments what belongs to the transport
 * @param command the rest of the arguments
 */
public record JobStart(
    String transport, int ranks, List<String> rankArguments, List<String> command) {
  private static final String MPJ_DEVICE = "niodev";
  private static final int MPJ_ARGUMENTS = 3;
  private static final String CHOSEN = "LATTICELIFT_TRANSPORT";

  /**
   * Copies the lists.
   *
   * @param transport name of the transport
   * @param ranks number of processes that were started, 0 where the starter does not say
   * @param rankArguments what belongs to the transport
   * @param command the rest of the arguments
   */
  public JobStart {
    rankArguments = List.copyOf(rankArguments);
    command = List.copyOf(command);
  }

  /**
   * Reads how the process was started.
   *
   * @param environment variables
   * @param arguments of {@code main}
   * @return the transport is {@code local} if nothing tells of a job
   */
  public static JobStart of(Map<String, String> environment, String... arguments) {
    List<String> all = Arrays.asList(arguments);
    if (isMpj(all)) {
      int ranks = MpjArguments.ranks(all.get(1));
      return new JobStart(
          "mpj", ranks, all.subList(0, MPJ_ARGUMENTS), all.subList(MPJ_ARGUMENTS, all.size()));
    }
    int ranks = started(environment);
    String transport = transport(environment);
    if (transport.equals(LocalRanks.NAME) && ranks > 1) {
      throw singletons(environment, ranks, 1);
    }
    return new JobStart(transport, ranks, List.of(), all);
  }

  /** The one that the launcher has chosen for a rank; without it, the one that always was. */
  private static String transport(Map<String, String> environment) {
    boolean openMpi =
        environment.containsKey("OMPI_COMM_WORLD_SIZE") || environment.containsKey("PMIX_RANK");
    boolean mpi = openMpi || environment.containsKey("PMI_RANK");
    String chosen = environment.getOrDefault(CHOSEN, "");
    if (mpi && !chosen.isEmpty()) {
      return chosen;
    }
    return openMpi ? "openmpi" : LocalRanks.NAME;
  }

  private static boolean isMpj(List<String> arguments) {
    return arguments.size() >= MPJ_ARGUMENTS
        && arguments.get(2).equals(MPJ_DEVICE)
        && arguments.get(0).matches("\\d+")
        && arguments.get(1).contains("#");
  }

  /** A batch script has SLURM_NTASKS without being one of so many tasks; a step has both. */
  private static int started(Map<String, String> environment) {
    int ranks = number(environment, "OMPI_COMM_WORLD_SIZE");
    if (ranks == 0 && environment.containsKey("SLURM_STEP_ID")) {
      ranks = number(environment, "SLURM_STEP_NUM_TASKS");
      if (ranks == 0) {
        ranks = number(environment, "SLURM_NTASKS");
      }
    }
    return ranks == 0 ? number(environment, "PMI_SIZE") : ranks;
  }

  private static int number(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
  }

  /**
   * Whether this process is one of several, or was started by a starter of ranks.
   *
   * @return false for a process of its own
   */
  public boolean isRank() {
    return !transport.equals(LocalRanks.NAME);
  }

  /**
   * Joins the job.
   *
   * @return the communicator; an error (exit code 69) if fewer ranks see each other than were
   *     started
   */
  public Communicator open() {
    if (!isRank()) {
      return LocalRanks.single();
    }
    Communicator communicator =
        Transports.load(transport).open(rankArguments.toArray(new String[0]));
    if (ranks > 0 && communicator.size() != ranks) {
      throw singletons(System.getenv(), ranks, communicator.size());
    }
    return communicator;
  }

  private static LatticeLiftException singletons(
      Map<String, String> environment, int ranks, int size) {
    return new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        ranks + " processes were started that see " + size + " rank" + (size == 1 ? "" : "s"),
        environment.containsKey("SLURM_STEP_ID") ? "srun" : "start of the ranks",
        "one job of " + ranks + " ranks",
        environment.containsKey("SLURM_STEP_ID")
            ? "Use 'srun --mpi=pmix', or 'latticelift --np N' in the batch script"
            : "Start with the mpirun of the MPI that LatticeLift uses (latticelift doctor); ranks of"
                + " MPICH need Java >= 22");
  }
}
