package org.latticelift.sim.parallel.communicator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.plugin.PluginFolder;

/**
 * The transports of this installation. The property {@code latticelift.transports}, set by the
 * launcher, names a folder with a sub-folder of jars, or of classes in a folder {@code classes},
 * for each. Two of them bring a package {@code mpi}, so each has a class loader of its own, whose
 * parent knows neither.
 */
public final class Transports {
  /** The system property that names the folder. */
  public static final String FOLDER = "latticelift.transports";

  private Transports() {}

  /**
   * What can be loaded.
   *
   * @return names, without the one inside one JVM
   */
  public static List<String> installed() {
    String folder = System.getProperty(FOLDER);
    if (folder == null || !Files.isDirectory(Path.of(folder))) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(Path.of(folder))) {
      return all.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Loads a transport.
   *
   * @param name for example {@code openmpi}
   * @return the transport; an error (exit code 69) if it is not installed
   */
  public static Transport load(String name) {
    Path folder = folder(name);
    ClassLoader loader = new PluginFolder(folder).loader(Transports.class.getClassLoader());
    try {
      return ServiceLoader.load(Transport.class, loader).stream()
          .map(ServiceLoader.Provider::get)
          .filter(transport -> transport.name().equals(name))
          .findFirst()
          .orElseThrow(() -> missing(name, folder));
    } catch (UnsupportedClassVersionError e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "transport '" + name + "' needs a newer Java than " + Runtime.version().feature(),
          folder.toString(),
          "Java >= 22",
          "Set JAVA_HOME to a newer Java, or choose another transport",
          e);
    }
  }

  /** The folder of a transport that is installed. */
  static Path folder(String name) {
    if (!installed().contains(name)) {
      throw missing(name, null);
    }
    return Path.of(System.getProperty(FOLDER), name);
  }

  private static LatticeLiftException missing(String name, Path folder) {
    return new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        "transport '" + name + "' is not " + (folder == null ? "installed" : "in its folder"),
        folder == null ? "--transport" : folder + " with " + new PluginFolder(folder).content(),
        "local" + String.join("", installed().stream().map(n -> ", " + n).toList()),
        "Run mpi-sim/setup-mpi --install and start again, or choose another transport");
  }
}
