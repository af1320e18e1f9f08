package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every cited identifier is explained, and every explained one is cited. */
class IdentifiersTest {
  private static final Path PAGE = DocumentTree.ROOT.resolve("docs/development/identifiers.md");
  private static final Path LIST = PAGE.resolveSibling("identifiers.csv");
  private static final Pattern CITED =
      Pattern.compile("\\b(?:ME|AL|CN|IS|PT|CW|LC|PP|DI|EX)-[0-9]{2,3}\\b");
  private static final Pattern ROW =
      Pattern.compile("([A-Z]{2}-[0-9]+),\"((?:[^\"]|\"\")+)\",\"([^\"]+)\"");
  private static final Pattern TEXT = Pattern.compile(".*\\.(java|yaml|md|sh|py|conf|sbatch|svg)");

  private static Set<String> cited() {
    return DocumentTree.files(DocumentTree.ROOT).stream()
        .filter(file -> !file.equals(PAGE))
        .filter(file -> TEXT.matcher(file.toString()).matches())
        .flatMap(file -> CITED.matcher(DocumentTree.text(file)).results())
        .map(result -> result.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void citedAndExplainedIdentifiersAreTheSame() {
    Set<String> explained = new TreeSet<>();
    DocumentTree.text(LIST)
        .lines()
        .skip(1)
        .forEach(
            line -> {
              Matcher row = ROW.matcher(line);
              assertThat(row.matches()).as(line).isTrue();
              assertThat(explained.add(row.group(1))).as("%s stands twice", line).isTrue();
              assertThat(row.group(2)).as(line).endsWith(".").hasSizeLessThan(220);
              assertThat(row.group(3)).as(line).matches("[PCHRNVD](, [PCHRNVD])*");
            });
    Set<String> cited = cited();
    assertThat(cited).hasSizeGreaterThan(200);
    assertThat(without(cited, explained)).as("cited, without a row in %s", LIST).isEmpty();
    assertThat(without(explained, cited)).as("rows of %s that nothing cites", LIST).isEmpty();
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }
}
