package org.latticelift.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What bytecode does not show: package comments, where packages live, and that the rules see all.
 */
class SourceTreeTest {
  private static final JavaClasses CLASSES = Modules.classes();

  @ParameterizedTest
  @EnumSource
  void everyPackageHasAComment(Modules module) {
    Set<String> commented = packages(module, file -> file.endsWith("package-info.java"));
    assertThat(packages(module, file -> true)).isNotEmpty().isEqualTo(commented);
  }

  @ParameterizedTest
  @EnumSource
  void theNameOfEveryPackageSaysItsModule(Modules module) {
    assertThat(packages(module, file -> true))
        .allMatch(name -> (name + ".").startsWith("org.latticelift." + module.root() + "."));
  }

  @ParameterizedTest
  @EnumSource
  void theRulesSeeEveryPackageOfTheModule(Modules module) {
    Set<String> seen = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(seen).containsAll(packages(module, file -> !file.endsWith("package-info.java")));
  }

  /** A key that is a text may be misspelt: {@code ConfigKey} names keys by who reads them. */
  @ParameterizedTest
  @EnumSource
  void noConfigurationIsEditedByKeysThatAreTexts(Modules module) {
    Pattern edit = Pattern.compile("\\.with\\(\\s*\"[a-z_.]+\",");
    assertThat(module.files().filter(file -> file.toString().endsWith(".java")))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(edit));
  }

  /** Names of packages that hold such sources. */
  private static Set<String> packages(Modules module, Predicate<Path> holding) {
    Set<String> names = new TreeSet<>();
    for (Path root : module.sources()) {
      Modules.walk(root)
          .filter(file -> file.toString().endsWith(".java") && holding.test(file))
          .map(file -> "org.latticelift." + root.relativize(file.getParent()))
          .forEach(name -> names.add(name.replace('/', '.')));
    }
    return names;
  }
}
