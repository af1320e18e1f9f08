package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the launcher that need no build. */
class LauncherTest {
  private static final Path LAUNCHER =
      Path.of("..", "..", "latticelift").toAbsolutePath().normalize();

  @TempDir private Path elsewhere;

  @Test
  void helpNeedsNoJavaAndNoBuildAndWorksThroughALinkFromAnotherFolder() throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("ll"), LAUNCHER);
    for (String argument : new String[] {"help", "--help", "-h"}) {
      Outcome outcome = start(link, Map.of("JAVA_HOME", "/nowhere"), argument);
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out())
          .startsWith("usage: latticelift [--np N [--transport openmpi|mpj|local]] COMMAND");
      assertThat(outcome.err()).isEmpty();
    }
    Files.delete(link);
  }

  @Test
  void theCommandsOfTheLauncherItselfHaveHelpToo() throws Exception {
    for (String line : new String[] {"help test", "test --help", "help help"}) {
      Outcome outcome = start(LAUNCHER, Map.of("JAVA_HOME", "/nowhere"), line.split(" "));
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).startsWith("usage: latticelift");
    }
  }

  @Test
  void itsHelpNamesEveryCommand() throws Exception {
    PrintWriter none = new PrintWriter(new StringWriter());
    String help = start(LAUNCHER, Map.of(), "help").out();
    CommandLines.create(new LatticeLift(), none, none)
        .getSubcommands()
        .keySet()
        .forEach(command -> assertThat(help).containsPattern("\\b" + command + "\\b"));
  }

  @Test
  void aMachineWithoutJdkIsToldWhatIsMissing() throws Exception {
    String path = folderWith("dirname", "readlink", "sort", "sed").toString();
    Path launcher = elsewhere.resolve("latticelift");
    Files.writeString(launcher, Files.readString(LAUNCHER).replace("/usr/lib/jvm/*/", "/none/*/"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Outcome outcome = start(launcher, Map.of("PATH", path, "JAVA_HOME", ""), "run", "a.yaml");
    assertThat(outcome.code()).isEqualTo(69);
    assertThat(outcome.err()).startsWith("latticelift: no JDK found (").hasLineCount(1);
  }

  @Test
  void aFolderWithoutABuildIsUnavailable() throws Exception {
    for (String folder : new String[] {"/nowhere", elsewhere.toString()}) {
      Outcome outcome = start(LAUNCHER, Map.of("LATTICELIFT_APP", folder), "run", "a.yaml");
      assertThat(outcome.code()).isEqualTo(69);
      assertThat(outcome.err())
          .startsWith("latticelift: no build of LatticeLift (LATTICELIFT_APP=" + folder + "): ")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LATTICELIFT_HEAP, 99999999t",
    "LATTICELIFT_HEAP, 200t",
    "LATTICELIFT_HEAP, 1k",
    "LATTICELIFT_JAVA_OPTS, -XX:+Nonsense",
    "LATTICELIFT_JAVA_OPTS, nonsense",
    "JAVA_TOOL_OPTIONS, -XX:Nonsense"
  })
  void whatTheVirtualMachineRefusesIsUnavailable(String variable, String value) throws Exception {
    Map<String, String> environment = Map.of("LATTICELIFT_APP", jars().toString(), variable, value);
    Outcome outcome = start(LAUNCHER, environment, "run", "a.yaml");
    assertThat(outcome.code()).isEqualTo(69);
    assertThat(outcome.err())
        .startsWith("latticelift: the JVM does not start (" + variable + "=" + value + "): it says")
        .hasLineCount(1);
  }

  /** The first lines of a log as Maven writes it; what matters is that one line is left. */
  @Test
  void aFailedBuildIsUnavailableAndNamesMavensFirstMistake() throws Exception {
    Path root = Files.createDirectory(elsewhere.resolve("root"));
    Path launcher = Files.copy(LAUNCHER, root.resolve("latticelift"));
    for (String folder : new String[] {"io", "mpi-sim", "learn"}) {
      Files.createDirectory(root.resolve(folder));
    }
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Path maven = Files.createDirectories(elsewhere.resolve("maven/bin")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/bash
        if [[ $1 == -v ]]; then echo 'Apache Maven 3.9.9'; exit; fi
        printf '[INFO] so far\\n[ERROR] \\n[ERROR] no such symbol\\n[ERROR] more\\n'
        exit 1
        """);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment = Map.of("MAVEN_HOME", elsewhere.resolve("maven").toString());
    Outcome outcome = start(launcher, environment, "run", "a.yaml");
    assertThat(outcome.code()).isEqualTo(69);
    assertThat(outcome.err().lines().toList().get(1))
        .startsWith("latticelift: the build failed (")
        .contains("Maven says 'no such symbol'");
    assertThat(outcome.err()).hasLineCount(2); // the first says that a build begins
  }

  /** Jars enough to be taken for a build; the virtual machine must not get as far as them. */
  private Path jars() throws IOException {
    Path folder = Files.createDirectory(elsewhere.resolve("jars"));
    for (String module : new String[] {"io", "mpi-sim", "learn", "app"}) {
      Files.createFile(folder.resolve(module + "-0.1.jar"));
    }
    return folder;
  }

  @Test
  void wrongRanksAreErrorsOfUsage() throws Exception {
    for (String[] words :
        new String[][] {{"--np", "0", "run"}, {"--np=two", "run"}, {"--transport", "tcp", "run"}}) {
      Outcome outcome = start(LAUNCHER, Map.of(), words);
      assertThat(outcome.code()).isEqualTo(64);
      assertThat(outcome.err()).startsWith("latticelift: ").hasLineCount(1);
    }
  }

  @Test
  void ranksWithinRanksAreRefusedByTheFirst() throws Exception {
    for (String rank : new String[] {"0", "1"}) {
      Map<String, String> environment = Map.of("OMPI_COMM_WORLD_RANK", rank);
      Outcome outcome = start(LAUNCHER, environment, "--np", "2", "run", "a.yaml");
      assertThat(outcome.code()).isEqualTo(64);
      assertThat(outcome.err().contains("a rank already")).isEqualTo(rank.equals("0"));
    }
  }

  private Path folderWith(String... tools) throws IOException {
    Path folder = Files.createDirectory(elsewhere.resolve("bin"));
    for (String tool : tools) {
      Path script = folder.resolve(tool);
      Files.writeString(script, "#!/bin/bash\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    return folder;
  }

  private Outcome start(Path launcher, Map<String, String> environment, String... args)
      throws Exception {
    Path out = elsewhere.resolve("out");
    Path err = elsewhere.resolve("err");
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add("/bin/bash");
    builder.command().add(launcher.toString());
    builder.command().addAll(List.of(args));
    builder.environment().putAll(environment);
    builder.directory(elsewhere.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int code = builder.start().waitFor();
    return new Outcome(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private record Outcome(int code, String out, String err) {}
}
