package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code ARCHITECTURE.md} speaks of the packages and classes that there are. */
class ArchitecturePageTest {
  private static final int MOST_LINES = 150;

  /** A class in the text: two capitals, so that words of the text and of Java are none. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w+)`");

  private static final Pattern TYPE =
      Pattern.compile("(?m)^ *(?:[a-z]+ )*(?:class|record|enum|interface) (\\w+)");

  /** Of the platform. */
  private static final Set<String> FOREIGN = Set.of("ServiceLoader");

  private static final String PAGE =
      DocumentTree.text(DocumentTree.ROOT.resolve("ARCHITECTURE.md"));

  private static final List<Path> SOURCES =
      DocumentTree.files(DocumentTree.ROOT).stream()
          .filter(file -> file.toString().endsWith(".java"))
          .toList();

  @Test
  void fitsOnAFewScreens() {
    assertThat(PAGE.lines().count()).isLessThanOrEqualTo(MOST_LINES);
  }

  /** The first two words after that of the program: module and concept. */
  @Test
  void namesEveryPackage() {
    Pattern concept =
        Pattern.compile("main/java/org/latticelift/(?:io|sim|learn|app|bench)/([a-z0-9]+)/");
    Set<String> packages =
        SOURCES.stream()
            .flatMap(file -> concept.matcher(file.toString()).results())
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    packages.removeIf(name -> Pattern.compile("[`./]" + name + "`").matcher(PAGE).find());
    assertThat(packages).isEmpty();
  }

  @Test
  void namesNoClassThatIsGone() {
    Set<String> known =
        SOURCES.stream()
            .flatMap(file -> TYPE.matcher(DocumentTree.text(file)).results())
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    List<String> named =
        CLASS.matcher(PAGE).results().map(MatchResult::group).map(t -> t.replace("`", "")).toList();
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(named).allMatch(name -> known.contains(name) || FOREIGN.contains(name));
  }
}
