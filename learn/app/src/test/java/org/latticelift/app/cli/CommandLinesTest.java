package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.task.StopSignal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CommandLinesTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aCommandThatReturnsGivesZeroAndNoOutputOnStderr() {
    assertThat(run(() -> {}, "work")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpNamesEveryCommandThoseOfCommandsAndOfTheLauncherToo() {
    assertThat(CommandLines.run(new PrintWriter(out, true), new PrintWriter(err, true), "help"))
        .isZero();
    assertThat(out.toString())
        .startsWith("usage: latticelift [--np N [--transport ffm|openmpi|mpj");
    String[] names = {"run", "simulate", "barrier eval", "doctor", "test", "help"};
    for (String name : names) {
      assertThat(out.toString()).contains("\n  " + name + " ");
    }
  }

  @Test
  void helpOfACommandIsWhatTheCommandSaysOfItself() {
    PrintWriter none = new PrintWriter(err, true);
    assertThat(CommandLines.run(new PrintWriter(out, true), none, "help", "barrier", "eval"))
        .isZero();
    StringWriter asked = new StringWriter();
    CommandLines.run(new PrintWriter(asked, true), none, "barrier", "eval", "--help");
    assertThat(out).hasToString(asked.toString()).asString().contains("barrier eval");
    assertThat(CommandLines.run(none, none, "help", "barrier", "evil")).isEqualTo(64);
    assertThat(err.toString()).contains("'evil' (latticelift barrier): did you mean eval");
  }

  /** The parser would drop them, and the command take its default. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sro a.xyz --species ,,",
        "sro a.xyz --species=,",
        "sro a.xyz --species Nb,,Mo",
        "sro a.xyz --species Nb,",
        "build a.yaml --to ,",
        "barrier collect a.csv --out b.h5 --species ,,"
      })
  void emptyItemsOfAListAreRefused(String line) {
    PrintWriter to = new PrintWriter(err, true);
    assertThat(CommandLines.run(to, to, line.split(" "))).isEqualTo(64);
    assertThat(err.toString()).contains("an empty item in '", "of --").hasLineCount(1);
  }

  @ParameterizedTest
  @EnumSource(value = ExitCode.class, names = "DONE", mode = EnumSource.Mode.EXCLUDE)
  void aKnownErrorIsOneLineWithItsExitCode(ExitCode code) {
    LatticeLiftException error =
        new LatticeLiftException(code, "Wrong\nthing", "a.yaml:3 seed", "an integer", "Change it");
    assertThat(run(failing(error), "work")).isEqualTo(code.code());
    assertThat(err.toString())
        .isEqualTo("latticelift: Wrong thing (a.yaml:3 seed): an integer. Change it\n");
  }

  @Test
  void aStoppedCommandIsNotToldToResumeWhereItCannot() {
    StopSignal stop = StopSignal.none();
    stop.request();
    Throwable stopped = org.assertj.core.api.Assertions.catchThrowable(stop::check);
    Map<String, CommandLine> commands = CommandLines.model().getSubcommands();
    for (String command : List.of("build", "diagnose", "sro")) {
      assertThat(CommandLines.again(stopped, commands.get(command)))
          .hasMessage(stopped.getMessage().replace(" with --resume", ""));
    }
    for (String command : List.of("run", "kmc", "predict", "ordering")) {
      assertThat(CommandLines.again(stopped, commands.get(command))).isSameAs(stopped);
    }
  }

  @Test
  void debugAddsTheStackTraceBeforeOrAfterTheCommand() {
    LatticeLiftException error = LatticeLiftException.badData("A", "b", "c", "D");
    run(failing(error), "work", "--debug");
    assertThat(err.toString()).startsWith("latticelift: A (b): c. D\n").contains("\tat org.");
    err.getBuffer().setLength(0);
    run(failing(error), "--debug", "work");
    assertThat(err.toString()).contains("\tat org.");
  }

  @Test
  void anUnforeseenExceptionIsABugWithARequestToReport() {
    assertThat(run(failing(new IllegalStateException("odd")), "work")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("latticelift: Unexpected java.lang.IllegalStateException: odd (")
        .contains("this is a bug. Please report it")
        .hasLineCount(1);
  }

  @Test
  void anErrorOfTheVirtualMachineIsReportedTheSameWay() {
    Runnable overflow =
        () -> {
          throw new StackOverflowError();
        };
    assertThat(run(overflow, "work")).isEqualTo(1);
    assertThat(err.toString()).contains("StackOverflowError").hasLineCount(1);
  }

  @Test
  void outOfMemoryNamesTheHeapSetting() {
    Runnable full =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThat(run(full, "work")).isEqualTo(69);
    assertThat(err.toString()).contains("LATTICELIFT_HEAP").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rnu",
        "--foo",
        "work --sed 3",
        "work --seed x",
        "work --threads 0",
        "work --threads two",
        "work --resume --overwrite",
        "work --out",
        "work a b"
      })
  void aWrongCommandLineIsOneLineAndExitCode64(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");
    assertThat(run(() -> {}, args)).isEqualTo(64);
    assertThat(err.toString())
        .matches("latticelift: .+ \\(latticelift.*\\): .+\\. .+\\n")
        .hasLineCount(1);
  }

  @Test
  void aMisspeltOptionIsAnsweredWithTheNearestOne() {
    run(() -> {}, "work", "--sed=3");
    assertThat(err.toString()).contains("did you mean").contains("--seed");
  }

  @ParameterizedTest
  @CsvSource({
    "rnu, run",
    "runn a.yaml, run",
    "simulat a.yaml, simulate",
    "barier sample x, barrier",
    "barrier smaple x, sample",
    "train a.yaml --resum, --resume",
    "--debgu, --debug"
  })
  void aMisspeltCommandIsAnsweredWithTheNearestOne(String line, String meant) {
    assertThat(run(() -> {}, line.split(" "))).isEqualTo(64);
    assertThat(err.toString()).contains("did you mean " + meant + ".").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnu --help", "barrier smaple --help", "barrier sampel -h", "rnu -h"})
  void helpOfACommandThatDoesNotExistIsAnErrorOfUsage(String line) {
    assertThat(run(() -> {}, line.split(" "))).isEqualTo(64);
    assertThat(err.toString()).contains("did you mean").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run --help", "barrier sample --help", "barrier train -h", "run a.yaml -h"})
  void helpOfACommandIsPrinted(String line) {
    assertThat(run(() -> {}, line.split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: latticelift");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "work --np 2",
        "work --np=2",
        "work a --np 2 b",
        "work --transport openmpi",
        "work --hostfile a"
      })
  void ranksAreChosenBeforeTheCommand(String line) {
    assertThat(run(() -> {}, line.split(" "))).isEqualTo(64);
    assertThat(err.toString())
        .startsWith("latticelift: --")
        .contains("comes too late")
        .containsPattern(
            "before the command: latticelift --(np N|transport NAME|hostfile FILE) work")
        .hasLineCount(1);
  }

  @Test
  void helpAndVersionGoToStdout() {
    assertThat(run(() -> {}, "work", "--help")).isZero();
    assertThat(run(() -> {}, "--version")).isZero();
    assertThat(out.toString()).contains("--dry-run").containsPattern("LatticeLift \\d+\\.\\d+");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void commonOptionsArriveWithTheirDefaults() {
    Work work = new Work(() -> {});
    run(work);
    assertThat(work.options.toRun())
        .isEqualTo(
            new RunOptions(
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                List.of(),
                OpenMode.NEW,
                false,
                false));
  }

  @Test
  void commonOptionsArriveWithTheirValues() {
    Work work = new Work(() -> {});
    String line =
        "--out o --seed 7 --threads 3 --set a.b=1 --set c=[2,3] --resume --quiet --dry-run";
    assertThat(run(work, line.split(" "))).isZero();
    assertThat(work.options.toRun())
        .isEqualTo(
            new RunOptions(
                Optional.of(Path.of("o")),
                OptionalLong.of(7),
                OptionalInt.of(3),
                List.of("a.b=1", "c=[2,3]"),
                OpenMode.RESUME,
                true,
                true));
  }

  private int run(Work work, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "work";
    System.arraycopy(options, 0, args, 1, options.length);
    return execute(work, args);
  }

  private int run(Runnable body, String... args) {
    return execute(new Work(body), args);
  }

  private int execute(Work work, String... args) {
    CommandLine line =
        CommandLines.create(
            new LatticeLift(), new PrintWriter(out, true), new PrintWriter(err, true));
    line.addSubcommand(work);
    line.setOut(line.getOut())
        .setErr(line.getErr())
        .setParameterExceptionHandler(line.getParameterExceptionHandler())
        .setExecutionExceptionHandler(line.getExecutionExceptionHandler());
    return CommandLines.execute(line, args);
  }

  private static Runnable failing(RuntimeException error) {
    return () -> {
      throw error;
    };
  }

  @Command(name = "work")
  private static final class Work implements Runnable {
    @Mixin private CommonOptions options;

    private final Runnable body;

    Work(Runnable body) {
      this.body = body;
    }

    @Override
    public void run() {
      body.run();
    }
  }
}
