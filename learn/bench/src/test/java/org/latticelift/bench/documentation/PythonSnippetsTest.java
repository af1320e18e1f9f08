package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.CommandLines;

/**
 * Python of documents runs on files of small runs, in a folder that looks as the documents say.
 * Another interpreter than the system's, where packages install their modules: {@code
 * -Ddocs.python=PROGRAM}.
 */
@Tag("slow")
class PythonSnippetsTest {
  private static final String PYTHON = System.getProperty("docs.python", "/usr/bin/python3");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^(?:import|from) +([\\w., ]+?)(?: import.*)?(?: as .*)?$");

  @TempDir private static Path folder;

  static List<CodeBlock> snippets() {
    return DocumentTree.pages().stream()
        .flatMap(page -> CodeBlock.of(page).stream())
        .filter(block -> block.language().equals("python"))
        .toList();
  }

  @BeforeAll
  static void smallRuns() throws IOException {
    String quickstart = DocumentTree.ROOT.resolve("configs/quickstart.yaml").toString();
    String ising = DocumentTree.ROOT.resolve("configs/ising-quick.yaml").toString();
    run(
        "run",
        quickstart,
        "quickstart",
        "conditions.temperature_K=[1000, 2000]",
        "evaluate.tolerance={default: 1}");
    run(
        "kmc",
        quickstart,
        "own",
        "conditions.temperature_K=[1000]",
        "evaluate.tolerance={default: 1}");
    run("direct", ising, "ising-quick", "direct.duration={time: 6}");
    String states = folder.resolve("runs/quickstart/final.h5").toString();
    for (String name : List.of("runs/quickstart/final.xyz", "state.xyz")) {
      command(
          "export",
          states,
          "--to",
          "xyz",
          "--condition",
          "T2000/run0",
          "--out",
          folder.resolve(name).toString());
    }
    Files.writeString(folder.resolve("sites.csv"), command("barrier", "environment", "--csv"));
  }

  private static void run(String command, String config, String name, String... sets) {
    List<String> words = new ArrayList<>(List.of(command, config, "--quiet", "--out"));
    words.add(folder.resolve("runs").resolve(name).toString());
    List<String> all = new ArrayList<>(List.of(sets));
    all.addAll(
        List.of("simulate.runs=1", "simulate.records=10", "simulate.duration={events: 2000}"));
    all.addAll(
        List.of(
            "evolve.samples=60",
            "evolve.duration={mean_events: 20}",
            "train.epochs=2",
            "train.models=1"));
    all.addAll(
        List.of("ensemble={trajectories: 4, records: 11}", "direct.runs=1", "direct.records=60"));
    if (!config.contains("ising")) {
      all.add("direct.duration={events: 200}");
    }
    all.forEach(set -> words.addAll(List.of("--set", set)));
    command(words.toArray(String[]::new));
  }

  private static String command(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLines.run(new PrintWriter(out), new PrintWriter(err), words);
    assertThat(code).as("%s: %s", String.join(" ", words), err).isZero();
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void aSnippetRuns(CodeBlock snippet) throws IOException, InterruptedException {
    Set<String> modules = modules(snippet);
    Assumptions.assumeTrue(
        python("import " + String.join(", ", modules)).isEmpty(),
        () ->
            "SKIPPED: "
                + PYTHON
                + " has not all of the modules "
                + modules
                + "; install them with pip");
    assertThat(python(snippet.text())).as(snippet.toString()).isEmpty();
  }

  private static Set<String> modules(CodeBlock snippet) {
    Set<String> modules = new TreeSet<>();
    IMPORT
        .matcher(snippet.text())
        .results()
        .flatMap(found -> List.of(found.group(1).split(", *")).stream())
        .map(name -> name.replaceFirst("[. ].*", ""))
        .forEach(modules::add);
    if (modules.contains("xarray")) {
      modules.add("h5netcdf");
    }
    return modules;
  }

  /** Empty if a program ends well, else what it says. */
  private static String python(String program) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "python", ".txt");
    Process process;
    try {
      process =
          new ProcessBuilder(PYTHON, "-c", program)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      return "no " + PYTHON + ": " + e.getMessage();
    }
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return "not done after five minutes";
    }
    return process.exitValue() == 0
        ? ""
        : "ends with " + process.exitValue() + ": " + Files.readString(said);
  }
}
