package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    pages.putAll(CommandPages.of(CommandLines.model()));
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
    for (String folder : List.of("configuration", "commands")) {
      assertThat(DocumentTree.files(REFERENCE.resolve(folder)))
          .as("pages of what is gone")
          .allSatisfy(file -> assertThat(pages).containsKey(REFERENCE.relativize(file).toString()));
    }
  }
}
