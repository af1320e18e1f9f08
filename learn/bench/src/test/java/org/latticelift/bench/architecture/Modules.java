package org.latticelift.bench.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.io.testing.TestTimes;

/** The modules in the order of their dependencies: each knows only those before it. */
enum Modules {
  IO("io", "io"),
  MPI_SIM("mpi-sim", "sim"),
  LEARN("learn", "learn"),
  APP("learn/app", "app"),
  BENCH("learn/bench", "bench");

  /** The set of sources that {@code TileSources} writes. */
  static final String TILES = "tiles";

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

  /** Where the packages of the module lie: the program, then what stands beside it. */
  List<Path> sources() {
    return Stream.of("main", "studies", TILES)
        .map(set -> PROJECT.resolve(folder).resolve("src/" + set + "/java/org/latticelift"))
        .filter(Files::isDirectory)
        .toList();
  }

  /** All files of these folders. */
  Stream<Path> files() {
    return sources().stream().flatMap(Modules::walk);
  }

  /** All files of a folder. */
  static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
