package org.latticelift.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What bytecode does not show: package comments, where packages live, and that the rules see all.
 */
class SourceTreeTest {
  private static final JavaClasses CLASSES = Modules.classes();

  @ParameterizedTest
  @EnumSource
  void everyPackageHasAComment(Modules module) throws IOException {
    assertThat(packageFolders(module))
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  @ParameterizedTest
  @EnumSource
  void theNameOfEveryPackageSaysItsModule(Modules module) throws IOException {
    assertThat(packageFolders(module))
        .allSatisfy(
            folder ->
                assertThat(module.source().relativize(folder).getName(0))
                    .hasToString(module.root()));
  }

  @ParameterizedTest
  @EnumSource
  void theRulesSeeEveryPackageOfTheModule(Modules module) throws IOException {
    Set<String> seen = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(seen).containsAll(packages(module));
  }

  /** A key that is a text may be misspelt: {@code ConfigKey} names keys by who reads them. */
  @ParameterizedTest
  @EnumSource
  void noConfigurationIsEditedByKeysThatAreTexts(Modules module) throws IOException {
    Pattern edit = Pattern.compile("\\.with\\(\\s*\"[a-z_.]+\",");
    try (Stream<Path> files = Files.walk(module.source())) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(edit));
    }
  }

  /** Names of packages that hold classes. */
  private static Set<String> packages(Modules module) throws IOException {
    return packageFolders(module).stream()
        .filter(SourceTreeTest::hasClasses)
        .map(folder -> "org.latticelift." + module.source().relativize(folder))
        .map(name -> name.replace('/', '.'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean hasClasses(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(
          f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> packageFolders(Modules module) throws IOException {
    try (Stream<Path> files = Files.walk(module.source())) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    }
  }
}
