package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** There is one version: that of the build is that of changes, citation and recipe. */
class VersionTest {
  private static final String SNAPSHOT = "-SNAPSHOT";

  private static String first(String file, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text(file));
    assertThat(matcher.find()).as("%s: %s", file, pattern).isTrue();
    return matcher.group(1);
  }

  private static String text(String file) {
    return DocumentTree.text(DocumentTree.ROOT.resolve(file));
  }

  private static String built() {
    return first("pom.xml", "<version>([^<]+)</version>");
  }

  @Test
  void changesCitationAndRecipeAreOfTheVersionThatIsBuilt() {
    String version = built().replace(SNAPSHOT, "");
    assertThat(first("CHANGELOG.md", "(?m)^## (\\S+), ")).isEqualTo(version);
    assertThat(first("CITATION.cff", "(?m)^version: (\\S+)$")).isEqualTo(version);
    assertThat(first("packaging/spack/package.py", " version\\(\"([^\"]+)\"\\)"))
        .isEqualTo(version);
  }

  @Test
  void thePythonPackageIsOfTheVersionThatIsBuilt() {
    assertThat(first("io/python/latticelift/__init__.py", "__version__ = \"(.*)\""))
        .isEqualTo(built().replace(SNAPSHOT, ".dev0"));
  }

  @Test
  void aSnapshotIsNotYetReleased() {
    String heading = first("CHANGELOG.md", "(?m)^(## .*)$");
    assertThat(heading.contains("not yet released")).isEqualTo(built().endsWith(SNAPSHOT));
  }

  @Test
  void allModulesAreOfOneVersion() {
    List<Path> modules =
        DocumentTree.files(DocumentTree.ROOT).stream()
            .filter(file -> file.endsWith("pom.xml"))
            .toList();
    assertThat(modules).hasSizeGreaterThan(5);
    for (Path module : modules) {
      String name = DocumentTree.ROOT.relativize(module).toString();
      assertThat(first(name, "<version>([^<]+)</version>")).as(name).isEqualTo(built());
    }
  }
}
