package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.BarrierCommands.BarrierCollectCommand;
import org.latticelift.app.cli.BarrierCommands.BarrierEvalCommand;
import org.latticelift.app.cli.LatticeLift.BarrierCommand.BarrierSampleCommand;
import org.latticelift.app.cli.LatticeLift.BarrierCommand.BarrierTrainCommand;
import org.latticelift.app.cli.LatticeLift.VersionProvider;
import org.latticelift.app.cli.ModelCommands.DesignCommand;
import org.latticelift.app.cli.ModelCommands.MapCommand;
import org.latticelift.app.cli.ModelCommands.PredictCommand;
import org.latticelift.app.cli.StageCommand.KmcCommand;
import org.latticelift.app.cli.StageCommand.RunCommand;
import org.latticelift.app.cli.StateFileCommand.CellOptions;
import org.latticelift.app.cli.StateFileCommand.CrystalOptions;
import org.latticelift.app.cli.StateFileCommand.MaxVacanciesOption;
import org.latticelift.app.launch.RankProcess.RankOptions;
import org.latticelift.app.pipeline.BarrierStages.BarrierFitRun;
import org.latticelift.app.pipeline.MethodStage;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.Inspector;
import org.latticelift.io.run.directory.Provenance.ProductVersion;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.barrierfit.BarrierSampleStage;
import org.latticelift.learn.barrierfit.BarrierTrainStage;
import org.latticelift.learn.barrierfit.choice.ModelChoiceStage;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.parallel.tasks.Ranks;
import org.latticelift.sim.vacancy.crystal.EnvironmentTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
            new DiffusionCommand(),
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

  LatticeLift() {
    this.job = Optional.empty();
  }

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

  /** The version of the build and the commit of its sources, as files of results name them. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "LatticeLift " + ProductVersion.version() + ", commit " + ProductVersion.commit(),
        "Java " + Runtime.version()
      };
    }
  }

  /** The commands about barrier models. */
  @Command(
      name = "barrier",
      description =
          "Imports, evaluates, collects, fits, samples and trains models of energy barriers.",
      subcommands = {
        BarrierEvalCommand.class,
        BarrierCollectCommand.class,
        LinearFitCommand.class,
        BarrierSampleCommand.class,
        BarrierTrainCommand.class,
        BarrierEnvironmentCommand.class
      })
  static final class BarrierCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "No command");
    }

    /** Makes a barrier table from a teacher. */
    @Command(
        name = "sample",
        description = {
          "Collect environments and let a model give their barriers (sections barrier and sample).",
          "The table is table.h5 in the run directory, by default runs/CONFIG-table."
        })
    static final class BarrierSampleCommand extends BarrierFitCommand {
      @Override
      void run(BarrierFitRun run) {
        BarrierSampleStage stage = run.stages().sample();
        run.run(
            stage,
            "-table",
            directory -> stage.outputs().forEach(name -> run.say(directory.file(name).toString())));
      }
    }

    /** Fits a network to a barrier table. */
    @Command(
        name = "train",
        description = {
          "Fit a barrier model to a table of environments and barriers (section train).",
          "The table may come from 'barrier sample' or from calculations of your own (HDF5 or CSV).",
          "Mean by species, linear models and networks on top of them are compared on barriers held",
          "out, and the simplest within one standard error of the best is kept: barrier-model.h5, errors.txt",
          "and barriers.html in the run directory, by default runs/CONFIG-network. With train.fit one",
          "network with these settings is trained: network.h5."
        })
    static final class BarrierTrainCommand extends BarrierFitCommand {
      @Override
      void run(BarrierFitRun run) {
        run.run(
            run.stages().train(),
            "-network",
            directory -> {
              run.print(directory.file(BarrierTrainStage.ERRORS));
              boolean compared = directory.complete(ModelChoiceStage.PAGE);
              run.say(
                  compared
                      ? "Page: " + directory.file(ModelChoiceStage.PAGE)
                      : "Network: " + directory.file(BarrierTrainStage.NETWORK));
              if (compared) {
                run.say("Model: " + directory.file(ModelChoiceStage.MODEL));
              }
            });
      }
    }
  }

  /** A command that runs one stage of a configuration of barrier networks. */
  abstract static class BarrierFitCommand implements Callable<Integer>, SharedCommand {
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions options;

    @Parameters(
        paramLabel = "CONFIG",
        description = "A configuration such as configs/models/*.yaml.")
    private Path file;

    /** Runs the stage. */
    abstract void run(BarrierFitRun run);

    @Override
    public final Integer call() {
      run(new BarrierFitRun(file, options.job(spec)));
      return ExitCode.DONE.code();
    }
  }

  /** Prints the order of sites and hops of barrier tables. */
  @Command(
      name = "environment",
      description = {
        "Prints where the sites of an environment are and where the hops of a vacancy lead,",
        "in the order of barrier tables (barrier sample, barrier train)."
      })
  static final class BarrierEnvironmentCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Mixin private CrystalOptions crystal;

    @Option(names = "--csv", description = "A row per site, as comma-separated values.")
    private boolean csv;

    @Override
    public void run() {
      EnvironmentTable table = new EnvironmentTable(crystal.crystal(), 0); // all sites see the same
      spec.commandLine().getOut().print(csv ? table.toCsv() : table.toText());
      spec.commandLine().getOut().flush();
    }
  }

  /** Shows what {@code --help} of a command shows; picocli's own knows no commands of commands. */
  @Command(name = "help", description = "This text, or the options of one command.")
  static final class HelpCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
        arity = "0..*",
        paramLabel = "COMMAND",
        description = "Such as run, or bench kmc; without it the list of all.")
    private List<String> words = List.of();

    @Override
    public void run() {
      CommandLine shown = spec.parent().commandLine();
      for (String word : words) {
        CommandLine next = shown.getSubcommands().get(word);
        if (next == null) {
          throw new UnmatchedArgumentException(shown, List.of(word));
        }
        shown = next;
      }
      shown.usage(spec.commandLine().getOut());
    }
  }

  /** The help of a command that the launcher answers itself, as it needs the sources and Maven. */
  @Command(
      name = "package",
      description =
          "Makes an archive that runs from any folder, where there is a Java >= 17 and neither Maven"
              + " nor a network, and beside it the wheel of the Python package. Equal sources give equal"
              + " bytes.")
  static final class PackageCommand implements Runnable {
    @Option(names = "--engine", description = "With the training engine (112 MB more).")
    private boolean engine;

    @Option(names = "--runtime", description = "With a Java of its own, for this processor.")
    private boolean runtime;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where to; default: this folder.")
    private Path out;

    @Override
    public void run() {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "A package is made from the sources",
          "package",
          "it is a command of the launcher",
          "Run './latticelift package' in the folder of the sources");
    }
  }

  /** Shows what a file holds. */
  @Command(
      name = "inspect",
      description =
          "What a file holds, on one screen: HDF5, or atoms as extended XYZ, POSCAR, CIF, LAMMPS dump"
              + " or data.")
  static final class InspectCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "HDF5 file of a run, or file of atoms.")
    private Path file;

    @Mixin private CellOptions cells;

    @Mixin private MaxVacanciesOption maxVacancies;

    @Override
    public Integer call() {
      double most = maxVacancies.share();
      double site = Math.pow(cells.latticeConstant(), 3) / cells.crystal().basisCount();
      Inspector.Inspection seen = Inspector.inspect(file, site);
      spec.commandLine().getOut().println(seen.text().stripTrailing());
      spec.commandLine().getOut().flush();
      seen.emptySites().requireAtMost(most, file.toString());
      return ExitCode.DONE.code();
    }
  }

  /** The help of a command that the launcher answers itself, as it needs Maven. */
  @Command(
      name = "setup",
      description = {
        "Fetches or builds an optional part:",
        "djl: the library of the training engine (112 MB), which closures, barrier train and"
            + " train.engine: djl need, and else fetch when they first do;",
        "mpi: the transports of ranks, as mpi-sim/setup-mpi (--install, --missing, ffm, openmpi, mpj);",
        "nd4j: the ensemble kernel on ND4J, as learn/nd4j/setup (native, cuda)."
      })
  static final class SetupCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "PART", description = "djl, mpi or nd4j.")
    private String part;

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "ARGUMENT",
        description = "Passed on to the set-up of the part.")
    private List<String> arguments;

    @Override
    public void run() {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "Optional parts are set up by the launcher",
          "setup",
          "it is a command of the launcher",
          "Run './latticelift setup " + part + "'");
    }
  }

  /** The command that runs one stage; name and help come from the list of stages. */
  @Command
  static final class SingleStageCommand extends StageCommand {
    private final MethodStage stage;

    private SingleStageCommand(MethodStage stage) {
      this.stage = stage;
    }

    static CommandLine of(MethodStage stage) {
      CommandLine line = new CommandLine(new SingleStageCommand(stage));
      line.getCommandSpec()
          .name(stage.command())
          .aliases(stage.aliases().toArray(new String[0]))
          .usageMessage()
          .description(stage.description());
      return line;
    }

    @Override
    List<Stage> stages(Pipeline pipeline) {
      return List.of(stage.of(pipeline));
    }

    /** The first stage starts a folder; a later one works in the folder of its inputs. */
    @Override
    boolean needsInputs() {
      return stage.ordinal() > 0;
    }

    @Override
    void finished(RunDirectory directory) {
      stage.summary(directory, details()).forEach(this::print);
      super.finished(directory);
    }
  }
}
