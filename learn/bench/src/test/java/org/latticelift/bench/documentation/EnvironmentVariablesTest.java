package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every variable of the environment that code or scripts read is documented, and no other. */
class EnvironmentVariablesTest {
  private static final Path PAGE =
      DocumentTree.ROOT.resolve("docs/reference/environment-variables.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| .*`.*\\|$");
  private static final Pattern NAME = Pattern.compile("`(_?[A-Z]{2,}[A-Za-z_]*)`");
  private static final Pattern OWN = Pattern.compile("\\bLATTICELIFT_[A-Z_]+\\b");

  /** A variable that need not be set: {@code ${NAME:-other}} and the like. */
  private static final Pattern OPTIONAL =
      Pattern.compile("\\$\\{(_?[A-Z]{2,}[A-Za-z_]*)(?::?[-+=?])");

  private static final Pattern EXPORTED = Pattern.compile("\\bexport (_?[A-Z]{2,}[A-Za-z_]*)=");
  private static final Pattern LITERAL = Pattern.compile("\"([A-Z]{2,}(?:_[A-Z]+)*)\"");
  private static final Pattern READS_JAVA =
      Pattern.compile("System\\.getenv\\(|Map<String, String> environment\\b");

  /** What every shell has, and tests and pages name. */
  private static final Set<String> SHELL = Set.of("HOME", "PATH");

  private static List<Path> scripts() {
    Path root = DocumentTree.ROOT;
    return Stream.of(
            List.of(
                root.resolve("latticelift"),
                root.resolve("mpi-sim/setup-mpi"),
                root.resolve("slurm/submit"),
                root.resolve("slurm/stage.sbatch")),
            DocumentTree.files(root.resolve("learn/app/launcher")))
        .flatMap(List::stream)
        .toList();
  }

  private static Stream<Path> sources() {
    return DocumentTree.files(DocumentTree.ROOT).stream()
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("EnvironmentVariablesTest.java"));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(m -> m.group(m.groupCount()));
  }

  private static Set<String> read() {
    Stream<String> ofScripts =
        scripts().stream()
            .map(DocumentTree::text)
            .flatMap(
                text ->
                    Stream.of(OPTIONAL, EXPORTED, OWN).flatMap(pattern -> found(pattern, text)));
    Stream<String> ofCode =
        sources()
            .map(DocumentTree::text)
            .flatMap(
                text ->
                    READS_JAVA.matcher(text).find()
                        ? Stream.concat(found(LITERAL, text), found(OWN, text))
                        : found(OWN, text));
    return Stream.concat(ofScripts, ofCode)
        .filter(name -> !SHELL.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void documentedVariablesAreThoseThatAreRead() {
    Set<String> documented =
        ROW.matcher(DocumentTree.text(PAGE))
            .results()
            .flatMap(row -> found(NAME, row.group()))
            .filter(name -> !SHELL.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(read());
  }
}
