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
  private static final Path INDEX = DocumentTree.ROOT.resolve("docs/reference/identifiers.md");
  private static final Path PAGES = DocumentTree.ROOT.resolve("docs/reference/identifiers");
  private static final Pattern CITED =
      Pattern.compile("\\b(?:ME|AL|CN|IS|PT|CW|LC|PP|DI|EX)-[0-9]{2,3}\\b");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([A-Z]{2}-[0-9]+) \\| (.+) \\| (.+) \\|$");
  private static final Pattern TEXT = Pattern.compile(".*\\.(java|yaml|md|sh|py|conf|sbatch|svg)");

  private static Set<String> cited() {
    return DocumentTree.files(DocumentTree.ROOT).stream()
        .filter(file -> !file.equals(INDEX) && !file.startsWith(PAGES))
        .filter(file -> TEXT.matcher(file.toString()).matches())
        .flatMap(file -> CITED.matcher(DocumentTree.text(file)).results())
        .map(result -> result.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void citedAndExplainedIdentifiersAreTheSame() {
    Set<String> explained = new TreeSet<>();
    Matcher rows = ROW.matcher(explanations());
    while (rows.find()) {
      assertThat(explained.add(rows.group(1))).as("%s stands twice", rows.group(1)).isTrue();
      assertThat(rows.group(2)).as(rows.group(1)).endsWith(".").hasSizeLessThan(220);
      assertThat(rows.group(3)).as(rows.group(1)).matches("[PCHRNVD](, [PCHRNVD])*");
    }
    Set<String> cited = cited();
    assertThat(cited).hasSizeGreaterThan(200);
    assertThat(without(cited, explained)).as("cited, without a row in %s", PAGES).isEmpty();
    assertThat(without(explained, cited)).as("rows of %s that nothing cites", PAGES).isEmpty();
  }

  private static String explanations() {
    return DocumentTree.files(PAGES).stream()
        .map(DocumentTree::text)
        .collect(Collectors.joining("\n"));
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }
}
