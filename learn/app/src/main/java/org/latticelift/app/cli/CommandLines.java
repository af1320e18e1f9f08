package org.latticelift.app.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latticelift.app.launch.RankProcess.RankOptions;
import org.latticelift.io.config.NearestKey;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.JobAborted;
import org.latticelift.sim.parallel.tasks.Ranks;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Builds the command line, and turns every failure into one line and an exit code. */
public final class CommandLines {
  private CommandLines() {}

  /** All commands with their options, to look at or to parse with, not to run. */
  public static CommandLine model() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return create(new LatticeLift(), nowhere, nowhere);
  }

  /**
   * The command line with its error handling ({@code out}: where results go; {@code err}: where
   * errors go).
   */
  static CommandLine create(LatticeLift root, PrintWriter out, PrintWriter err) {
    IParameterExceptionHandler usage = (e, args) -> usageError(root, e, err);
    CommandLine line = new CommandLine(root);
    LatticeLift.commands().forEach(line::addSubcommand);
    CommandList.in(line.getCommandSpec().usageMessage());
    return line.setOut(out)
        .setErr(err)
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(usage)
        .setExecutionStrategy(CommandLines::executeLast)
        .setExecutionExceptionHandler((e, command, parsed) -> report(root, again(e, command), err));
  }

  /**
   * Runs one command ({@code line}: from {@link #create}; {@code args}: the command line, without
   * the program's name).
   */
  static int execute(CommandLine line, String... args) {
    try {
      requireCommand(line, args);
      return line.execute(args);
    } catch (ParameterException e) {
      return usageError(line.getCommand(), e, line.getErr());
    } catch (OutOfMemoryError e) {
      return report(line.getCommand(), outOfMemory(e), line.getErr());
    } catch (Error e) {
      return report(line.getCommand(), e, line.getErr());
    }
  }

  /**
   * Refuses a command that does not exist before the parser looks at what follows: it would take
   * the words after it for commands, and a request for help would make it forgive the name.
   */
  private static void requireCommand(CommandLine line, String... args) {
    CommandLine here = line;
    for (String word : args) {
      if (word.startsWith("-") || here.getSubcommands().isEmpty()) {
        return;
      }
      if (!here.getSubcommands().containsKey(word)) {
        throw new UnmatchedArgumentException(here, List.of(word));
      }
      here = here.getSubcommands().get(word);
    }
  }

  /**
   * Runs one command in this process alone.
   *
   * @param out where results go
   * @param err where errors go
   * @param args the command line, without the program's name
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return execute(create(new LatticeLift(), out, err), args);
  }

  /**
   * Runs one command on a rank of a job; ranks but the first do only what is shared.
   *
   * @param command the command line, without the program's name
   * @param out where results go
   * @param err where errors go
   */
  public static int run(Ranks ranks, List<String> command, PrintWriter out, PrintWriter err) {
    CommandLine line = create(new LatticeLift(ranks), out, err);
    if (!ranks.first()) {
      line.setExecutionStrategy(new SharedOnly());
    }
    int code = execute(line, command.toArray(new String[0]));
    out.flush();
    err.flush();
    return code;
  }

  /** Prints the one line of an error that no command has met ({@code err}: where it goes). */
  public static int report(Throwable e, PrintWriter err) {
    return report(new LatticeLift(), e, err);
  }

  /** Commands that were stopped and know no --resume just run again. */
  static Throwable again(Throwable e, CommandLine command) {
    boolean resumes = command.getCommandSpec().optionsMap().containsKey("--resume");
    return e instanceof LatticeLiftException stopped
            && stopped.exitCode() == ExitCode.STOPPED
            && !resumes
        ? stopped.said(text -> text.replace("Run again with --resume", "Run again"))
        : e;
  }

  private static int executeLast(ParseResult parsed) {
    for (ParseResult each = parsed; each != null; each = each.subcommand()) {
      requireItems(each);
    }
    return new RunLast().execute(parsed);
  }

  /** The parser drops empty items of a list, and the list with them. */
  private static void requireItems(ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      for (String given :
          option.splitRegex().isEmpty() ? List.<String>of() : option.originalStringValues()) {
        if (Arrays.stream(given.split(option.splitRegex(), -1)).anyMatch(String::isBlank)) {
          throw new ParameterException(
              parsed.commandSpec().commandLine(),
              "an empty item in '" + given + "' of " + option.longestName());
        }
      }
    }
  }

  /** What ranks but the first do. */
  private static final class SharedOnly implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      boolean shared = last.commandSpec().userObject() instanceof SharedCommand;
      return shared && !parsed.isUsageHelpRequested() ? executeLast(parsed) : ExitCode.DONE.code();
    }
  }

  private static int usageError(LatticeLift root, ParameterException e, PrintWriter err) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      Optional<String> late = unmatched.getUnmatched().stream().filter(RankOptions::is).findFirst();
      if (late.isPresent()) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return report(
            root, RankOptions.late(late.get(), command.replaceFirst("^latticelift ?", "")), err);
      }
    }
    if (e.getCause() instanceof LatticeLiftException cause) {
      return report(root, cause, err);
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    LatticeLiftException error =
        new LatticeLiftException(
            ExitCode.USAGE,
            withoutFullStop(
                e.getMessage()
                    .replaceFirst("^Error: ", "")
                    .replaceFirst(" at index \\d+", "")
                    .replaceFirst("^Unmatched argument:", unmatched(e))),
            command,
            allowed(e),
            "Run '" + command.replaceFirst("^latticelift", "latticelift help") + "' for the usage",
            e);
    return report(root, error, err);
  }

  private static String unmatched(ParameterException e) {
    return e.getCommandLine().getSubcommands().isEmpty() ? "a word too many:" : "unknown command";
  }

  private static String allowed(ParameterException e) {
    Optional<String> nearest =
        e instanceof UnmatchedArgumentException unmatched
            ? nearest(unmatched.getUnmatched().get(0), e.getCommandLine())
            : Optional.empty();
    String known =
        e.getCommandLine().getSubcommands().isEmpty()
            ? "see its options"
            : "a command is " + names(e);
    return nearest.map(name -> "did you mean " + name).orElse(known + oneWord(e));
  }

  /** A word too many is often the value of a setting that was not joined to its key. */
  private static String oneWord(ParameterException e) {
    boolean tooMany = e instanceof UnmatchedArgumentException;
    return tooMany && e.getCommandLine().getCommandSpec().optionsMap().containsKey("--set")
        ? ", and write settings as one word, --set KEY.PATH=VALUE"
        : "";
  }

  /** The command or option that was probably meant. */
  private static Optional<String> nearest(String word, CommandLine line) {
    return NearestKey.of(
        word.replaceFirst("=.*", ""),
        word.startsWith("-")
            ? line.getCommandSpec().optionsMap().keySet()
            : line.getSubcommands().keySet());
  }

  private static String names(ParameterException e) {
    return e.getCommandLine().getSubcommands().keySet().stream()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Prints the one line of an error, and the trace if wanted; returns its exit code. */
  static int report(LatticeLift root, Throwable e, PrintWriter err) {
    if (e instanceof JobAborted aborted) {
      return aborted.code(); // told by the rank that has ended the job
    }
    LatticeLiftException error = e instanceof LatticeLiftException known ? known : unforeseen(e);
    err.println("latticelift: " + error.getMessage());
    if (root.debug()) {
      e.printStackTrace(err);
    }
    return error.exitCode().code();
  }

  private static LatticeLiftException unforeseen(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return new LatticeLiftException(
        ExitCode.BUG,
        "Unexpected " + e,
        trace.length == 0 ? "no place known" : trace[0].toString(),
        "this is a bug",
        "Please report it with what the same command prints with --debug",
        e);
  }

  private static LatticeLiftException outOfMemory(OutOfMemoryError e) {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    return new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        "Out of memory: " + e.getMessage(),
        "heap of " + heap + " MiB",
        "the default is 60 % of the machine's memory",
        "Set LATTICELIFT_HEAP, such as 16g, or make the task smaller",
        e);
  }

  private static String withoutFullStop(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /** All commands with those below them, and what each does in its first sentence. */
  static final class CommandList implements IHelpSectionRenderer {
    private static final int NAMES = 24;

    /** Shows this list in the place of picocli's, which stops at the first level. */
    static void in(UsageMessageSpec usage) {
      usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandList());
    }

    @Override
    public String render(Help help) {
      UsageMessageSpec usage = help.commandSpec().usageMessage();
      TextTable table =
          TextTable.forColumns(
              help.colorScheme(),
              new Column(NAMES, 2, Column.Overflow.SPAN),
              new Column(usage.width() - NAMES, 1, Column.Overflow.WRAP));
      add(help, "", table);
      return table.toString();
    }

    private static void add(Help help, String parent, TextTable table) {
      help.subcommands()
          .values()
          .forEach(
              command -> {
                String name = parent + String.join(", ", command.commandSpec().names());
                table.addRowValues(
                    name, firstSentence(command.commandSpec().usageMessage().description()));
                add(command, name + " ", table);
              });
    }

    private static String firstSentence(String... description) {
      return String.join(" ", description).replaceFirst("(?s)(?<=[.;]) .*", "").replace(';', '.');
    }
  }
}
