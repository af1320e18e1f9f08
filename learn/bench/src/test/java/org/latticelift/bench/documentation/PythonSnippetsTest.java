package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Python of documents runs on files of small runs, in a folder that looks as the documents say.
 * Another interpreter than the system's, where packages install their modules: {@code
 * -Ddocs.python=PROGRAM}.
 */
@Tag("docs")
class PythonSnippetsTest {
  private static final String PYTHON = System.getProperty("docs.python", "/usr/bin/python3");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^(?:import|from) +([\\w., ]+?)(?: import.*)?(?: as .*)?$");

  @TempDir private static Path folder;

  /** Those that have tests of their own: workers, and what starts the program. */
  private static final Pattern ELSEWHERE = Pattern.compile("latticelift\\.(serve|run)\\(");

  /** Blocks of pages, and the examples beside the configurations. */
  static List<CodeBlock> snippets() {
    Stream<CodeBlock> blocks =
        DocumentTree.pages().stream()
            .flatMap(page -> CodeBlock.of(page).stream())
            .filter(block -> block.language().equals("python"));
    Stream<CodeBlock> files =
        DocumentTree.files(DocumentTree.ROOT.resolve("configs")).stream()
            .filter(file -> file.toString().endsWith(".py"))
            .map(
                file -> new CodeBlock(file, 1, "python", DocumentTree.text(file).lines().toList()));
    return Stream.concat(blocks, files)
        .filter(block -> !ELSEWHERE.matcher(block.text()).find())
        .toList();
  }

  @BeforeAll
  static void smallRuns() {
    SmallRuns runs = new SmallRuns(folder);
    runs.quickstart();
    runs.ising();
    String model = DocumentTree.ROOT.resolve("configs/trained/alloy-compact.h5").toString();
    String law = folder.resolve("law.py").toString();
    SmallRuns.command("export", model, "--to", "python", "--out", law);
    runs.write("sites.csv", SmallRuns.command("barrier", "environment", "--csv"));
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
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON, "-B", "-c", program)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("PYTHONPATH", DocumentTree.ROOT.resolve("io/python").toString());
    Process process;
    try {
      process = builder.start();
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
