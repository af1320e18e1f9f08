package org.latticelift.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What bytecode does not show: package comments, where packages live, and that the rules see all.
 */
class SourceTreeTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("org.latticelift");

  @Test
  void everyPackageHasAComment() throws IOException {
    Set<Path> without = new TreeSet<>();
    for (String module : List.of("io", "mpi-sim", "learn", "learn/bench")) {
      for (Path folder : packageFolders(module)) {
        if (Files.notExists(folder.resolve("package-info.java"))) {
          without.add(PROJECT.relativize(folder));
        }
      }
    }
    assertThat(without).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io", "mpi-sim", "learn"})
  void everyPackageLivesInTheModuleThatListsIt(String module) throws IOException {
    assertThat(packages(module)).isNotEmpty().isSubsetOf(listed(module));
  }

  @ParameterizedTest
  @ValueSource(strings = {"io", "mpi-sim", "learn"})
  void theRulesSeeEveryPackageOfTheModule(String module) throws IOException {
    Set<String> seen =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .map(SourceTreeTest::firstPackage)
            .collect(Collectors.toSet());
    assertThat(seen).containsAll(packages(module));
  }

  private static Set<String> listed(String module) {
    String[] patterns =
        switch (module) {
          case "io" -> Modules.IO;
          case "mpi-sim" -> Modules.MPI_SIM;
          default -> Modules.LEARN;
        };
    return Stream.of(patterns).map(SourceTreeTest::firstPackage).collect(Collectors.toSet());
  }

  /** The names directly below {@code org.latticelift} that hold classes. */
  private static Set<String> packages(String module) throws IOException {
    Path source = source(module);
    return packageFolders(module).stream()
        .filter(SourceTreeTest::hasClasses)
        .map(folder -> source.relativize(folder).getName(0).toString())
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

  private static List<Path> packageFolders(String module) throws IOException {
    try (Stream<Path> files = Files.walk(source(module))) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    }
  }

  private static Path source(String module) {
    return PROJECT.resolve(module).resolve("src/main/java/org/latticelift");
  }

  private static String firstPackage(String name) {
    return name.replaceFirst("^org\\.latticelift\\.", "").replaceFirst("\\..*", "");
  }
}
