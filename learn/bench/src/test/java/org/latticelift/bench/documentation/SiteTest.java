package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.io.testing.ExternalTool;

/**
 * {@code docs/build-site} makes a site of all pages whose links lead somewhere. Skipped where
 * Debian's package mkdocs is not installed.
 */
@Tag("docs")
class SiteTest {
  private static final Path BUILD = DocumentTree.ROOT.resolve("docs/build-site");
  private static final Path SITE = DocumentTree.ROOT.resolve("target/site");
  private static final Pattern LINK = Pattern.compile("\\b(?:href|src)=\"([^\"]*)\"");
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
  private static final Pattern ID = Pattern.compile("\\b(?:id|name)=\"([^\"]*)\"");

  /** It refuses by itself what mkdocs warns of. */
  @BeforeAll
  static void build() {
    ExternalTool.run("mkdocs", "--version");
    assertThat(ExternalTool.run(BUILD.toString())).contains("target/site/index.html");
  }

  @Test
  void everyPageIsMade() {
    assertThat(DocumentTree.pages())
        .filteredOn(page -> page.startsWith(DocumentTree.ROOT.resolve("docs")))
        .hasSizeGreaterThan(100)
        .allSatisfy(page -> assertThat(html(page)).exists());
  }

  private static Path html(Path page) {
    String name = DocumentTree.ROOT.relativize(page).toString();
    return SITE.resolve(
        name.replaceFirst("(^|/)README\\.md$", "$1index.md").replace(".md", ".html"));
  }

  /** Read from what is made, so that links which mkdocs does not look at are seen, too. */
  @Test
  void everyLinkOfTheSiteLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : made()) {
      for (String link : found(LINK, page)) {
        if (!link.matches("(?i)[a-z]+:.*|//.*|")) {
          links++;
          String file = link.replaceFirst("[#?].*", "");
          Path folder = file.startsWith("/") ? SITE : page.getParent();
          Path target =
              file.isEmpty() ? page : folder.resolve(file.replaceFirst("^/", "")).normalize();
          target = Files.isDirectory(target) ? target.resolve("index.html") : target;
          if (!Files.exists(target) || !hasAnchor(target, link)) {
            broken.add(SITE.relativize(page) + " -> " + link);
          }
        }
      }
    }
    assertThat(links).isGreaterThan(1000);
    assertThat(broken).isEmpty();
  }

  private static List<Path> made() {
    return DocumentTree.files(SITE).stream()
        .filter(file -> file.toString().endsWith(".html"))
        .toList();
  }

  private static boolean hasAnchor(Path target, String link) {
    String anchor = link.contains("#") ? link.replaceFirst("[^#]*#", "") : "";
    return anchor.isEmpty()
        || !target.toString().endsWith(".html")
        || found(ID, target).contains(anchor);
  }

  private static Set<String> found(Pattern pattern, Path page) {
    return pattern
        .matcher(COMMENT.matcher(DocumentTree.text(page)).replaceAll(""))
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }
}
