package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
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
    Path link = Files.createSymbolicLink(elsewhere.resolve("ll"), checkout());
    for (String line : new String[] {"help", "--help", "-h", "help run", "help test", "test -h"}) {
      Outcome outcome = start(link, Map.of("JAVA_HOME", "/nowhere"), line.split(" "));
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out())
          .startsWith("usage: latticelift [--np N [--transport ffm|openmpi|mpj|local] ")
          .contains("is not built yet");
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  void aBuiltProgramIsAskedForTheHelp() throws Exception {
    Path jdk = fakeJdk("echo \"${@:(-3)}\"");
    Map<String, String> environment =
        Map.of("LATTICELIFT_APP", jars().toString(), "JAVA_HOME", jdk.toString());
    assertThat(start(LAUNCHER, environment, "help", "bench", "kmc").out())
        .isEqualTo("help bench kmc\n");
    assertThat(start(LAUNCHER, environment, "-h").out()).endsWith("app.Main help\n");
  }

  /** Once, in the sources and in a package, whose Java is looked for at more than one place. */
  @Test
  void aJavaHomeThatIsNoJdkIsSaidOnce() throws Exception {
    String build = jars().toString();
    for (String home : new String[] {"/nowhere", elsewhere.toString(), "relative"}) {
      Map<String, String> environment =
          Map.of("LATTICELIFT_APP", build, "JAVA_HOME", home, "LATTICELIFT_HEAP", "none");
      Outcome outcome = start(LAUNCHER, environment, "run", "a.yaml");
      assertThat(outcome.err())
          .startsWith("latticelift: JAVA_HOME=" + home + " is not a JDK 17 or newer; using /")
          .hasLineCount(2);
    }
    Path launcher = checkout();
    Files.delete(launcher.resolveSibling("pom.xml"));
    Files.writeString(launcher.resolveSibling("commit"), "abc");
    Files.createDirectory(launcher.resolveSibling("lib"));
    Map<String, String> environment =
        Map.of("LATTICELIFT_APP", build, "JAVA_HOME", "/nowhere", "LATTICELIFT_HEAP", "none");
    for (String command : new String[] {"run", "doctor"}) {
      assertThat(start(launcher, environment, command).err())
          .containsOnlyOnce("JAVA_HOME=/nowhere is not a JDK 17 or newer");
    }
    Files.move(fakeJdk("echo"), launcher.resolveSibling("runtime"));
    Map<String, String> other = new HashMap<>(environment);
    other.put("JAVA_HOME", fakeJdk("echo").toString());
    assertThat(start(launcher, other, "run").err())
        .startsWith("latticelift: JAVA_HOME=" + elsewhere.resolve("jdk") + " is not used: ");
  }

  /** As of a job of Slurm, whose build is older than the bindings of Open MPI in the sources. */
  @Test
  void aGivenBuildHasTheTransportsThatItWasMadeWith() throws Exception {
    Path launcher = checkout();
    Path prepared = Files.createDirectories(launcher.resolveSibling(".latticelift/mpi/openmpi"));
    Files.createFile(prepared.resolve("mpi.jar"));
    Path jdk = fakeJdk("echo \"${@:(-3)}\"");
    Map<String, String> environment =
        new HashMap<>(Map.of("LATTICELIFT_APP", jars().toString(), "JAVA_HOME", jdk.toString()));
    environment.put("SLURM_JOB_NUM_NODES", "1");
    Outcome threads = start(launcher, environment, "--np", "2", "run", "a.yaml");
    assertThat(threads.err()).contains("has no transport openmpi", "threads of one process");
    assertThat(threads.out()).isEqualTo("local run a.yaml\n");

    environment.put("SLURM_JOB_NUM_NODES", "2");
    Outcome machines = start(launcher, environment, "--np", "2", "run", "a.yaml");
    assertThat(machines.code()).isEqualTo(69);
    assertThat(machines.err()).contains("2 machines");
  }

  @Test
  void aMachineWithoutJdkIsToldWhatIsMissing() throws Exception {
    String path = folderWith("dirname", "readlink", "sort", "sed").toString();
    Path launcher = checkout();
    Path search = launcher.resolveSibling("learn/app/launcher/jdk.sh");
    Files.writeString(search, Files.readString(search).replace("/usr/lib/jvm/*/", "/none/*/"));
    Outcome outcome = start(launcher, Map.of("PATH", path, "JAVA_HOME", ""), "run", "a.yaml");
    assertThat(outcome.code()).isEqualTo(69);
    assertThat(outcome.err()).startsWith("latticelift: no JDK found (").hasLineCount(1);
  }

  @Test
  void rootIsNoConsentToInstallWhatIsMissing() throws Exception {
    Path launcher = checkout();
    Path search = launcher.resolveSibling("learn/app/launcher/jdk.sh");
    Files.writeString(search, Files.readString(search).replace("/usr/lib/jvm/*/", "/none/*/"));
    Path tools = folderWith("dirname", "readlink", "sort", "sed", "mkdir");
    Path asked = fakePackages(tools);
    Map<String, String> environment = new HashMap<>(Map.of("PATH", tools + "", "JAVA_HOME", ""));
    for (String consent : new String[] {"", "0"}) {
      environment.put("LATTICELIFT_INSTALL", consent);
      Outcome outcome = start(launcher, environment, "run", "a.yaml");
      assertThat(outcome.code()).isEqualTo(69);
      assertThat(outcome.err()).contains("apt-get install default-jdk-headless").hasLineCount(1);
      assertThat(asked).doesNotExist();
    }
    environment.put("LATTICELIFT_INSTALL", "yes");
    assertThat(start(launcher, environment, "run", "a.yaml").code()).isEqualTo(64);

    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: only root installs");
    environment.put("LATTICELIFT_INSTALL", "");
    Outcome outcome = start(launcher, environment, "--install", "run", "a.yaml");
    assertThat(outcome.code()).isEqualTo(69); // this apt-get brings no JDK
    assertThat(asked).content().contains(" default-jdk-headless\n");
  }

  @Test
  void transportsAreInstalledWithConsentOnly() throws Exception {
    Path setup = checkout().resolveSibling("mpi-sim/setup-mpi");
    Files.copy(LAUNCHER.resolveSibling("mpi-sim/setup-mpi"), setup);
    Path tools = Files.createDirectory(elsewhere.resolve("bin"));
    Path asked = fakePackages(tools);
    script(tools.resolve("dpkg-query"), "exit 1"); // nothing is installed
    Map<String, String> environment =
        Map.of("PATH", tools + ":/usr/bin:/bin", "LATTICELIFT_INSTALL", "");
    Outcome missing = start(setup, environment, "--missing");
    assertThat(missing.out().lines()).contains("libopenmpi-dev", "libmpj-java");
    for (String transport : new String[] {"openmpi", "mpj"}) {
      Outcome outcome = start(setup, environment, transport);
      assertThat(outcome.code()).isEqualTo(69);
      assertThat(outcome.err()).startsWith("latticelift: not installed: ").hasLineCount(1);
    }
    assertThat(asked).doesNotExist();

    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: only root installs");
    start(setup, environment, "--install", "mpj");
    assertThat(asked).content().contains(" libmpj-java\n");
  }

  /** Debian has an mpirun without the Java library, unless the package for developers is there. */
  @Test
  void aPackageWithoutTheLibraryOfOpenMpiHasThreadsAsRanks() throws Exception {
    Path launcher = checkout();
    Files.delete(launcher.resolveSibling("pom.xml"));
    Files.writeString(launcher.resolveSibling("commit"), "abc");
    Files.createDirectory(launcher.resolveSibling("lib"));
    Path build = jars();
    Path transport = Files.createDirectories(build.resolve("transports/openmpi"));
    Files.createFile(transport.resolve("mpi.jar"));
    Path jdk = fakeJdk("echo \"$@\"");
    script(Files.createDirectory(elsewhere.resolve("bin")).resolve("mpirun"), "exit 1");
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", elsewhere.resolve("bin") + ":/usr/bin:/bin");
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("LATTICELIFT_APP", build.toString());

    Outcome chosen = start(launcher, environment, "--np", "2", "run", "a.yaml");
    assertThat(chosen.out()).contains("-Dlatticelift.packaged=true");
    assertThat(chosen.out()).endsWith("app.Main --np 2 --transport local run a.yaml\n");
    assertThat(chosen.err()).startsWith("latticelift: no libmpi_java.so beside the libraries of ");
    assertThat(chosen.err()).hasLineCount(2); // why, and what is done instead

    Outcome wanted = start(launcher, environment, "--np=2", "--transport=openmpi", "run", "a.yaml");
    assertThat(wanted.code()).isEqualTo(69);
    assertThat(wanted.err()).contains("no libmpi_java.so").hasLineCount(1);

    Files.createFile(Files.createDirectory(elsewhere.resolve("lib")).resolve("libmpi_java.so"));
    Outcome found = start(launcher, environment, "--np", "2", "run", "a.yaml");
    assertThat(found.err()).isEmpty();
    assertThat(found.code()).isEqualTo(1); // that of this mpirun
  }

  /** The file of a build, without a word where the JVM cannot use it. */
  @Test
  void classesAsTheJvmKeepsThemAreUsedWhereABuildHasThem() throws Exception {
    Path build = jars();
    Map<String, String> environment =
        Map.of("LATTICELIFT_APP", build.toString(), "JAVA_HOME", fakeJdk("echo \"$@\"").toString());
    Outcome without = start(LAUNCHER, environment, "run", "a.yaml");
    assertThat(without.out()).contains("app.Main run a.yaml").doesNotContain("SharedArchiveFile");
    Path classes = Files.createFile(build.resolve("classes.jsa"));
    Outcome with = start(LAUNCHER, environment, "run", "a.yaml");
    assertThat(with.out()).contains("-XX:SharedArchiveFile=" + classes + " -Xlog:cds*=off ");
  }

  /** The transport, the library and the words with which the starter of ranks is called. */
  @Test
  void foreignFunctionsAreTheDefaultWhereJavaHasThemWithTheLibraryOfTheStarter() throws Exception {
    Path build = jars();
    Files.createDirectories(build.resolve("transports/ffm"));
    Path bin = Files.createDirectory(elsewhere.resolve("bin"));
    Path lib = Files.createDirectory(elsewhere.resolve("lib"));
    String words = "echo \"$LATTICELIFT_TRANSPORT $LATTICELIFT_MPI_LIBRARY $*\"";
    script(
        bin.resolve("mpirun"),
        "[[ $1 != --version ]] || exec echo 'mpirun (Open MPI) 5.0.7'; " + words);
    script(
        bin.resolve("hydra"),
        "[[ $1 != --version ]] || exec echo 'HYDRA build details:'; " + words);
    script(bin.resolve("ldconfig"), "exit"); // so that no library of this machine is found
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("LATTICELIFT_APP", build.toString());
    environment.put("JAVA_HOME", fakeJdk("echo \"${@:(-3)}\"", 25).toString());

    Outcome none = start(LAUNCHER, environment, "--np=2", "--transport=ffm", "run", "a.yaml");
    assertThat(none.code()).isEqualTo(69);
    assertThat(none.err()).startsWith("latticelift: no library of MPI (").hasLineCount(1);

    Path openMpi = Files.createFile(lib.resolve("libmpi.so.40"));
    assertThat(start(LAUNCHER, environment, "--np=2", "run", "a.yaml").out())
        .startsWith("ffm " + openMpi + " -np 2 --bind-to none ")
        .endsWith("/latticelift run a.yaml\n");

    environment.put("LATTICELIFT_MPIRUN", "hydra");
    Path mpich = Files.createFile(lib.resolve("libmpich.so.12"));
    Outcome hydra = start(LAUNCHER, environment, "--np=2", "run", "a.yaml");
    assertThat(hydra.out()).isEqualTo("ffm " + mpich + " -np 2 " + LAUNCHER + " run a.yaml\n");
    assertThat(hydra.code()).isEqualTo(69); // it has ended with 0, but no rank has
    assertThat(hydra.err()).contains("a rank has ended before its time").hasLineCount(1);

    environment.put("JAVA_HOME", fakeJdk("exit 1", 21).toString());
    Outcome old = start(LAUNCHER, environment, "--np=2", "--transport=ffm", "run", "a.yaml");
    assertThat(old.code()).isEqualTo(69);
    assertThat(old.err()).contains("needs a JDK >= 22", " is 21").hasLineCount(1);
  }

  /** The words and variables of the starter, which has to be told what ranks elsewhere need. */
  @Tag("ranks")
  @Test
  void ranksGoToTheMachinesOfAFileAndASilentMachineIsNoticed() throws Exception {
    Path build = jars();
    Path transport = Files.createDirectories(build.resolve("transports/openmpi"));
    Files.createFile(transport.resolve("mpi.jar"));
    Path bin = Files.createDirectory(elsewhere.resolve("bin"));
    String keep = "${PRTE_MCA_oob_tcp_keepalive_time-} ${PRTE_MCA_oob_tcp_keepalive_intvl-}";
    script(
        bin.resolve("mpirun"), "echo \"" + keep + " ${OMPI_MCA_btl-unset} $*\"; eval \"$finish\"");
    Path list = Files.writeString(elsewhere.resolve("list"), "# two\na slots=2\n\n b:2\na\n");
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("LATTICELIFT_APP", build.toString());
    environment.put("JAVA_HOME", fakeJdk("exit 1").toString());
    environment.put("finish", "echo \"$LATTICELIFT_RANKS_ENDED\" >&2");
    String[] words = {"--np=2", "--transport=openmpi", "--hostfile", list.toString(), "run", "a"};
    Outcome ended = start(LAUNCHER, environment, words);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .startsWith("10 5 unset -np 2 --bind-to none ")
        .contains(" -x LATTICELIFT_APP -x LATTICELIFT_RANKS_ENDED ", " --hostfile " + list + " ")
        .doesNotContain("--oversubscribe");

    environment.put("finish", "exit 0"); // as Open MPI 5 when it has lost a machine
    environment.put("LATTICELIFT_HOST_TIMEOUT", "0");
    Outcome lost = start(LAUNCHER, environment, words);
    assertThat(lost.code()).isEqualTo(69);
    assertThat(lost.err()).contains("its machine is lost").hasLineCount(1);
    assertThat(lost.out()).startsWith("  unset");

    environment.put("finish", "exit 7");
    assertThat(start(LAUNCHER, environment, words).code()).isEqualTo(7);
    environment.put("LATTICELIFT_HOST_TIMEOUT", "3");
    assertThat(start(LAUNCHER, environment, words).code()).isEqualTo(64);
  }

  @Test
  void aFileOfMachinesNeedsRanksOfMpiAndNames() throws Exception {
    String empty = Files.writeString(elsewhere.resolve("list"), "# none\n").toString();
    Map<String, String> none = Map.of();
    assertThat(start(LAUNCHER, none, "--np=2", "--hostfile=" + empty, "run").code()).isEqualTo(65);
    assertThat(start(LAUNCHER, none, "--hostfile", empty, "run").code()).isEqualTo(64);
    assertThat(start(LAUNCHER, none, "--np=2", "--hostfile", "/none", "run").code()).isEqualTo(66);
    String[] threads = {"--np=2", "--transport=local", "--hostfile=" + empty, "run"};
    assertThat(start(LAUNCHER, none, threads).code()).isEqualTo(64);
  }

  /** An {@code apt-get} that installs nothing; the file that tells it was called. */
  private Path fakePackages(Path folder) throws IOException {
    Path asked = elsewhere.resolve("asked");
    script(folder.resolve("apt-get"), "echo \"$@\" >>'" + asked + "'");
    return asked;
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
    Path launcher = checkout();
    maven("printf '[INFO] so far\\n[ERROR] \\n[ERROR] no such symbol\\n[ERROR] more\\n'; exit 1");
    Map<String, String> environment = Map.of("MAVEN_HOME", elsewhere.resolve("maven").toString());
    Outcome outcome = start(launcher, environment, "run", "a.yaml");
    assertThat(outcome.code()).isEqualTo(69);
    assertThat(outcome.err().lines().toList().get(1))
        .startsWith("latticelift: the build failed (")
        .contains("Maven says 'no such symbol'");
    assertThat(outcome.err()).hasLineCount(2); // the first says that a build begins
  }

  /** As Maven complains where there is no network. */
  @Test
  void aFetchThatFailsSaysWhyInAFewWordsAndLeavesNothing() throws Exception {
    Path launcher = checkout();
    maven(
        "printf '[ERROR] goal x: transfer failed for https://host.invalid/a.pom: Unknown host"
            + " host.invalid -> [Help 1]\\n'; mkdir -p .latticelift/djl.new; exit 1");
    Map<String, String> environment = Map.of("MAVEN_HOME", elsewhere.resolve("maven").toString());
    Outcome outcome = start(launcher, environment, "setup", "djl");
    assertThat(outcome.code()).isEqualTo(69);
    assertThat(outcome.err().lines().toList().get(1))
        .startsWith("latticelift: cannot fetch the training engine (")
        .contains("Maven says 'Unknown host host.invalid'", "train.engine: java");
    assertThat(outcome.err()).hasLineCount(2); // the first says what is fetched
    assertThat(launcher.resolveSibling(".latticelift/djl.new")).doesNotExist();
  }

  @Tag("pipeline")
  @Test
  void testsShowHowFarTheyAreAndWhatFails() throws Exception {
    Path launcher = checkout();
    Path setup = launcher.resolveSibling("mpi-sim/setup-mpi");
    script(setup, "");
    maven(
        """
        echo '[INFO] Building LatticeLift 0.3.0-SNAPSHOT [1/2]'
        echo '[INFO] Building LatticeLift io 0.3.0-SNAPSHOT [2/2]'
        echo '[INFO] Running org.latticelift.io.GoodTest'
        echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.5 s -- in org.latticelift.io.GoodTest'
        echo '[INFO] Running org.latticelift.io.BadTest'
        echo '[ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in org.latticelift.io.BadTest'
        echo '[ERROR] org.latticelift.io.BadTest.adds -- Time elapsed: 0.01 s <<< FAILURE!'
        echo 'java.lang.AssertionError: 2 is not 3'
        printf '\tat org.latticelift.io.BadTest.adds(BadTest.java:7)\n'
        mkdir -p io/target/surefire-reports
        cat > io/target/surefire-reports/TEST-org.latticelift.io.BadTest.xml <<'XML'
        <testsuite name="org.latticelift.io.BadTest" time="0.1" tests="1" errors="0" skipped="0" failures="1">
          <testcase name="adds" classname="org.latticelift.io.BadTest" time="0.01">
            <failure message="&#10;2 is &lt;not&gt; 3" type="java.lang.AssertionError">
        XML
        """);
    Map<String, String> environment = Map.of("MAVEN_HOME", elsewhere.resolve("maven").toString());
    Outcome outcome = start(launcher, environment, "test", "-pl", "io");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out().lines().map(line -> line.replaceFirst("^ *\\d:\\d\\d ", "")))
        .containsExactly(
            " io                  0 tests  looking for changes",
            " io                  3 tests  GoodTest: 3 in 0.5 s",
            " io                  4 tests  BadTest: 1 in 0.1 s",
            "FAILED  org.latticelift.io.BadTest.adds",
            "        java.lang.AssertionError: 2 is not 3",
            "",
            "io                 0 passed, 1 failed, 0 skipped (0 s)",
            "failed:  org.latticelift.io.BadTest.adds: 2 is <not> 3"
                + " (io/target/surefire-reports/org.latticelift.io.BadTest.txt)",
            "0 passed, 1 failed, 0 skipped");
    assertThat(launcher.resolveSibling(".latticelift/test.log")).content().contains("\tat org.");
  }

  /** A JDK whose programs do this. */
  private Path fakeJdk(String body) throws IOException {
    return fakeJdk(body, 17);
  }

  private Path fakeJdk(String body, int version) throws IOException {
    Path jdk = Files.createDirectories(elsewhere.resolve("jdk"));
    for (String tool : new String[] {"java", "javac"}) {
      script(Files.createDirectories(jdk.resolve("bin")).resolve(tool), body);
    }
    Files.writeString(
        jdk.resolve("release"),
        "JAVA_VERSION=\"" + version + ".0.1\"\nMODULES=\"a jdk.incubator.vector\"\n");
    return jdk;
  }

  /** A folder of sources that has the launcher and no build. */
  private Path checkout() throws IOException {
    Path root = Files.createDirectory(elsewhere.resolve("root"));
    Path parts = Files.createDirectories(root.resolve("learn/app/launcher"));
    for (String folder : new String[] {"io", "mpi-sim"}) {
      Files.createDirectory(root.resolve(folder));
    }
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    try (Stream<Path> all = Files.list(LAUNCHER.resolveSibling("learn/app/launcher"))) {
      for (Path part : all.toList()) {
        Files.copy(part, parts.resolve(part.getFileName()));
      }
    }
    return Files.copy(LAUNCHER, root.resolve("latticelift"));
  }

  /** A Maven that tells its version, and otherwise does this. */
  private void maven(String body) throws IOException {
    Path bin = Files.createDirectories(elsewhere.resolve("maven/bin"));
    script(bin.resolve("mvn"), "[[ $1 != -v ]] || { echo 'Apache Maven 3.9.9'; exit; }\n" + body);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
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

  @Tag("ranks")
  @Test
  void ranksWithinRanksAreRefusedByTheFirst() throws Exception {
    for (String rank : new String[] {"0", "1"}) {
      Map<String, String> environment = Map.of("OMPI_COMM_WORLD_RANK", rank);
      Outcome outcome = start(LAUNCHER, environment, "--np", "2", "run", "a.yaml");
      assertThat(outcome.code()).isEqualTo(64);
      assertThat(outcome.err().contains("a rank already")).isEqualTo(rank.equals("0"));
    }
  }

  @Test
  void whatRanksSayIsPassedOnAtOnceAndExplanationsOfMpirunAreNot() throws Exception {
    String ranks = LAUNCHER.resolveSibling("learn/app/launcher/ranks.sh").toString();
    Process filter =
        new ProcessBuilder("/bin/bash", "-euc", "source \"$0\"; drop_explanations", ranks)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = filter.inputReader(StandardCharsets.UTF_8)) {
      try (BufferedWriter in = filter.outputWriter(StandardCharsets.UTF_8)) {
        in.write("lift: 1/10\n");
        in.flush();
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), out::readLine))
            .isEqualTo("lift: 1/10");
        in.write("------\nmpirun has exited due to process rank 1\n------\n");
        in.write("Abort(66) on node 0 (rank 0 in comm 0): application called MPI_Abort(M, 66)\n");
        in.write("------\nnot enough slots\n------\nlast");
      }
      assertThat(out.lines()).containsExactly("------", "not enough slots", "------", "last");
    }
    assertThat(filter.waitFor()).isZero();
  }

  private Path folderWith(String... tools) throws IOException {
    Path folder = Files.createDirectory(elsewhere.resolve("bin"));
    for (String tool : tools) {
      script(folder.resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
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
