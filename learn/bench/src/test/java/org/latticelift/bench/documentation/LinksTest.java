package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Links of documents lead somewhere, and every page is reached from the first. */
class LinksTest {
  private static final Path README = DocumentTree.ROOT.resolve("README.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final int LONGEST_README = 160;

  /** About 200: a page is one screen or a few. */
  private static final int LONGEST_PAGE = 230;

  private static List<String> links(Path page) {
    String text = DocumentTree.text(page);
    for (CodeBlock block : CodeBlock.of(page)) {
      text = text.replace(block.text(), "");
    }
    return LINK.matcher(text.replaceAll("`[^`\n]*`", "code"))
        .results()
        .map(result -> result.group(1))
        .filter(link -> !link.matches("(https?|mailto):.*"))
        .toList();
  }

  private static Path target(Path page, String link) {
    String file = link.replaceFirst("#.*", "");
    return file.isEmpty() ? page : page.resolveSibling(file).normalize();
  }

  @Test
  void everyRelativeLinkLeadsToAFileAndAHeading() {
    List<String> broken = new ArrayList<>();
    for (Path page : DocumentTree.pages()) {
      for (String link : links(page)) {
        Path target = target(page, link);
        boolean there = Files.exists(target) && target.startsWith(DocumentTree.ROOT);
        if (!there
            || link.contains("#") && !anchors(target).contains(link.replaceFirst(".*#", ""))) {
          broken.add(DocumentTree.ROOT.relativize(page) + " -> " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** What headings are called in links. */
  private static Set<String> anchors(Path page) {
    return DocumentTree.text(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N}\\- _]", "").replace(' ', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyPageIsReachedFromTheReadme() {
    Set<Path> reached = new TreeSet<>(Set.of(README));
    Deque<Path> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      Path page = next.pop();
      for (String link : links(page)) {
        Path target = target(page, link);
        if (target.toString().endsWith(".md") && Files.exists(target) && reached.add(target)) {
          next.add(target);
        }
      }
    }
    assertThat(reached).containsAll(DocumentTree.pages());
  }

  /** In the navigation of {@code mkdocs.yml}. */
  @Test
  void everyPageIsOnTheSite() {
    List<String> site = DocumentTree.text(DocumentTree.ROOT.resolve("mkdocs.yml")).lines().toList();
    assertThat(DocumentTree.pages())
        .filteredOn(page -> page.startsWith(DocumentTree.ROOT.resolve("docs")))
        .allSatisfy(
            page -> {
              String name = DocumentTree.ROOT.relativize(page).toString();
              assertThat(site).as(name).anyMatch(line -> line.endsWith(": " + name));
            });
  }

  @Test
  void theReadmeIsShort() {
    assertThat(DocumentTree.text(README).lines()).hasSizeLessThanOrEqualTo(LONGEST_README);
  }

  @Test
  void everyPageOfDocumentsIsShort() {
    assertThat(DocumentTree.pages())
        .filteredOn(page -> page.startsWith(DocumentTree.ROOT.resolve("docs")))
        .isNotEmpty()
        .allSatisfy(
            page ->
                assertThat(DocumentTree.text(page).lines().count())
                    .as("lines of %s: divide it", page)
                    .isLessThanOrEqualTo(LONGEST_PAGE));
  }
}
