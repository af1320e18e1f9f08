package org.latticelift.bench.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.testing.TestTimes;

/** The modules in the order of their dependencies: each knows only those before it. */
enum Modules {
  IO("io", "io"),
  MPI_SIM("mpi-sim", "sim"),
  LEARN("learn", "learn"),
  APP("learn/app", "app"),
  BENCH("learn/bench", "bench");

  /** The root folder of the project. */
  static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();

  private final String folder;
  private final String root;

  Modules(String folder, String root) {
    this.folder = folder;
    this.root = root;
  }

  /** The folder of the module, relative to the project. */
  String folder() {
    return folder;
  }

  /** All packages of the module: what the name of a package says. */
  String packages() {
    return "org.latticelift." + root + "..";
  }

  /** The modules that this one must not know. */
  List<Modules> above() {
    return Arrays.stream(values()).filter(other -> other.ordinal() > ordinal()).toList();
  }

  /** Where the packages of the module lie. */
  Path source() {
    return PROJECT.resolve(folder).resolve("src/main/java/org/latticelift");
  }

  /** The name below {@code org.latticelift} of all packages of the module. */
  String root() {
    return root;
  }

  static String[] allPackages() {
    return Arrays.stream(values()).map(Modules::packages).toArray(String[]::new);
  }

  /** All classes of the program; read once. */
  static JavaClasses classes() {
    return Program.CLASSES;
  }

  private static final class Program {
    private static final JavaClasses CLASSES =
        TestTimes.shared(
            "classes of the program",
            () ->
                new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .withImportOption(new WithoutTestJars())
                    .importPackages("org.latticelift"));
  }
}
