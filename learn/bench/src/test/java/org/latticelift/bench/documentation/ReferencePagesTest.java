package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.latticelift.app.cli.CommandLines;

/**
 * The generated pages of docs/reference are those of this code. With {@code -Ddocs.write=true} the
 * test writes them.
 */
class ReferencePagesTest {
  private static final Path REFERENCE = DocumentTree.ROOT.resolve("docs/reference");
  private static final String WRITE =
      "write it: ./latticelift test -Dtest=ReferencePagesTest -Ddocs.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    pages.put("commands.md", CommandPage.of(CommandLines.model()));
    ConfigurationPages.all().forEach((name, text) -> pages.put("configuration/" + name, text));
    return pages;
  }

  @Test
  void thePagesAreThoseOfTheCode() throws IOException {
    Map<String, String> pages = pages();
    if (Boolean.getBoolean("docs.write")) {
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Path file = REFERENCE.resolve(page.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, page.getValue());
      }
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Path file = REFERENCE.resolve(page.getKey());
      assertThat(file).as(WRITE).exists();
      assertThat(DocumentTree.text(file))
          .as("%s; %s", page.getKey(), WRITE)
          .isEqualTo(page.getValue());
    }
    assertThat(DocumentTree.files(REFERENCE.resolve("configuration")))
        .as("pages of sections that are gone")
        .hasSize(
            pages.keySet().stream()
                .filter(p -> p.startsWith("configuration/"))
                .collect(Collectors.toSet())
                .size());
  }
}
