package org.latticelift.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.latticelift.app.launch.RankOptions;
import org.latticelift.app.pipeline.MethodStage;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.parallel.tasks.Ranks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command in front of all others. To add a command, write its class and name it here; those of
 * stages come from the list of stages, those of other modules from a {@link CommandProvider}.
 */
@Command(
    name = "latticelift",
    synopsisHeading = "usage: ",
    customSynopsis =
        "latticelift [--np N [--transport ffm|openmpi|mpj|local] [--hostfile FILE]] COMMAND [CONFIG]"
            + " [options]",
    description = "Learns the dynamics of large lattice systems from small simulations.",
    commandListHeading = "%nCommands (latticelift help COMMAND shows the options of one):%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Ranks: --np N starts N ranks on this machine, in this Slurm allocation, or on the machines"
          + " that the file of --hostfile names; mpirun and srun --mpi=pmix may start them, too. Transports: ffm (any MPI; default where Java is 22"
          + " or newer), openmpi (default elsewhere), mpj (MPJ Express, processes of one machine),"
          + " local (threads of one process, up to 8).",
      "",
      "Nothing is installed on the machine unasked: --install before the command lets it install"
          + " what is missing of Debian's packages, as root.",
      "",
      "Exit codes: 0 done, 64 usage, 65 bad configuration or data, 66 missing input, 69 something"
          + " is unavailable, 73 cannot write, 75 stopped with a checkpoint (use --resume), 76"
          + " numerical failure, 1 a bug.",
      "",
      "Start with: latticelift run configs/quickstart.yaml"
    },
    versionProvider = VersionProvider.class)
final class LatticeLift implements Runnable, ProcessContext {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this text.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version, the commit and the Java in use.")
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  private final Optional<Ranks> job;

  /** All commands, in the order of the help text. */
  static List<Object> commands() {
    List<Object> commands =
        new ArrayList<>(List.of(new NewCommand(), RunCommand.line(), new ValidateCommand()));
    for (MethodStage stage : MethodStage.values()) {
      commands.add(SingleStageCommand.of(stage));
    }
    commands.addAll(
        List.of(
            new DiagnoseCommand(),
            new KmcCommand(),
            new PredictCommand(),
            new MapCommand(),
            new DesignCommand(),
            new SroCommand(),
            new BuildCommand(),
            new OrderingCommand(),
            new BarrierCommand(),
            new InspectCommand(),
            new ExportCommand(),
            new DrawCommand(),
            new DoctorCommand(),
            new SetupCommand(),
            new PackageCommand(),
            new TestCommand(),
            new HelpCommand()));
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      commands.addAll(provider.commands());
    }
    return commands;
  }

  /** A process that works alone. */
  LatticeLift() {
    this.job = Optional.empty();
  }

  /** One rank of a job. */
  LatticeLift(Ranks job) {
    this.job = Optional.of(job);
  }

  @Option(
      names = "--np",
      paramLabel = "N",
      description = "Number of ranks; stands before the command, and not within a rank.")
  private void ranks(int value) {
    throw RankOptions.usage("--np " + value + " comes too late", "--np", "before the command");
  }

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description =
          "How ranks pass messages: ffm, openmpi, mpj or local; stands before the command.")
  private void transport(String value) {
    throw RankOptions.usage(
        "--transport " + value + " comes too late", "--transport", "before the command");
  }

  @Option(
      names = "--hostfile",
      paramLabel = "FILE",
      description = "Names of the machines of the ranks; stands before the command.")
  private void machines(String value) {
    throw RankOptions.usage(
        "--hostfile " + value + " comes too late", "--hostfile", "before the command");
  }

  @Override
  public Ranks ranks() {
    return job.orElseGet(() -> new Ranks(LocalRanks.single(), StopSignal.installed()));
  }

  @Override
  public boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command");
  }
}
