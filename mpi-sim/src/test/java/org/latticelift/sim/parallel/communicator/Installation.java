package org.latticelift.sim.parallel.communicator;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The launcher with the classes under test in place of its own build, so that tests start what
 * users start: its jars are those of this class path, its transports those that are prepared.
 */
public final class Installation {
  private static final List<String> MODULES =
      List.of("io", "mpi-sim", "learn", "learn/app", "learn/bench");
  private static final List<String> TRANSPORTS = List.of("ffm", "openmpi", "mpj");

  private final Path root;
  private final Path app;

  private Installation(Path root, Path app) {
    this.root = root;
    this.app = app;
  }

  /**
   * Makes the folder of jars that the launcher starts.
   *
   * @param app where to make it; it must not exist
   * @return the installation
   */
  public static Installation make(Path app) {
    Installation made = new Installation(root(), app.toAbsolutePath());
    try {
      Files.createDirectories(app);
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        made.add(Path.of(entry).toAbsolutePath());
      }
      for (String transport : TRANSPORTS) {
        made.addTransport(transport);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("latticelift"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private void add(Path entry) throws IOException {
    Optional<String> module = module(entry);
    if (module.isPresent()) {
      jar(entry, app.resolve(Path.of(module.get()).getFileName() + "-0.jar"));
    } else if (entry.toString().endsWith(".jar") && !isOfTransport(entry) && !isOfTests(entry)) {
      Files.createSymbolicLink(app.resolve(entry.getFileName()), entry);
    }
  }

  private Optional<String> module(Path entry) {
    return MODULES.stream()
        .filter(name -> entry.equals(root.resolve(name).resolve("target/classes")))
        .findFirst();
  }

  private boolean isOfTransport(Path entry) {
    return entry.startsWith(root.resolve(".latticelift"));
  }

  private static boolean isOfTests(Path entry) {
    return entry.toString().endsWith("-tests.jar");
  }

  private static void jar(Path classes, Path jar) {
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    String[] words = {"-c", "-0", "-f", jar.toString(), "-C", classes.toString(), "."};
    if (tool.run(System.out, System.err, words) != 0) {
      throw new IllegalStateException("no jar of " + classes);
    }
  }

  private void addTransport(String name) throws IOException {
    Path classes = root.resolve("mpi-sim").resolve(name).resolve("target/classes");
    Path prepared = root.resolve(".latticelift/mpi").resolve(name);
    boolean alone = name.equals("ffm"); // needs no jar but its own
    if (Files.isDirectory(classes) && (alone || Files.isDirectory(prepared))) {
      Path folder = Files.createDirectories(app.resolve("transports").resolve(name));
      jar(classes, folder.resolve(name + "-0.jar"));
      if (alone) {
        return;
      }
      try (Stream<Path> parts = Files.list(prepared)) {
        for (Path part : parts.toList()) {
          Files.createSymbolicLink(folder.resolve(part.getFileName()), part);
        }
      }
    }
  }

  /**
   * A file of the project.
   *
   * @param name relative to its root
   * @return its path
   */
  public Path file(String name) {
    return root.resolve(name);
  }

  /**
   * A call of the launcher.
   *
   * @param words what follows {@code latticelift}
   * @return not started yet
   */
  public ProcessBuilder command(String... words) {
    return prepare(new ProcessBuilder(), root.resolve("latticelift").toString(), words);
  }

  /**
   * A call of another script of the project, which calls the launcher.
   *
   * @param script relative to the root of the project
   * @param words its arguments
   * @return not started yet
   */
  public ProcessBuilder script(String script, String... words) {
    return prepare(new ProcessBuilder(), root.resolve(script).toString(), words);
  }

  private ProcessBuilder prepare(ProcessBuilder builder, String program, String... words) {
    builder.command().add(program);
    builder.command().addAll(Arrays.asList(words));
    builder.environment().put("LATTICELIFT_APP", app.toString());
    builder.environment().put("LATTICELIFT_HEAP", "400m");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  /** Removes the folder of jars. */
  public void remove() {
    try (Stream<Path> files = Files.walk(app)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
