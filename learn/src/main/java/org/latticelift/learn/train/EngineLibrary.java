package org.latticelift.learn.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.plugin.PluginFolder;

/**
 * The native library of the training engine, 112 MB, which only closures, barrier networks and the
 * engine {@code djl} need: in the class path, in the folder that the property {@value #FOLDER}
 * names, or else fetched there by the launcher when it is first needed.
 */
public final class EngineLibrary {
  /** The system property that names the folder of the jar; set by the launcher. */
  public static final String FOLDER = "latticelift.engine";

  private static final String HOME = "latticelift.home";
  private static final String PACKAGED = "latticelift.packaged";
  private static final String MARK = "native/lib/pytorch.properties";
  private static final String OWN_LIBRARY = "PYTORCH_LIBRARY_PATH";

  private EngineLibrary() {}

  /**
   * Whether the engine can start without fetching anything; true where its library is there, or the
   * user's own is named.
   */
  public static boolean isHere() {
    return inClassPath() || System.getenv(OWN_LIBRARY) != null || folder().isPresent();
  }

  /** How a user gets it; an instruction, to stand within a sentence. */
  public static String remedy() {
    return isPackaged()
        ? "take a package made with --engine, or put the jar into " + System.getProperty(FOLDER)
        : "run 'latticelift setup djl' where there is a network";
  }

  /**
   * Whether the program is a package, which has neither sources nor Maven; the launcher says so;
   * true if it is.
   */
  public static boolean isPackaged() {
    return Boolean.getBoolean(PACKAGED);
  }

  private static boolean inClassPath() {
    return EngineLibrary.class.getClassLoader().getResource(MARK) != null;
  }

  private static Optional<PluginFolder> folder() {
    return Optional.ofNullable(System.getProperty(FOLDER))
        .map(Path::of)
        .filter(Files::isDirectory)
        .map(PluginFolder::new)
        .filter(folder -> !folder.content().isEmpty());
  }

  /**
   * Fetches the library where it is not here, so that it is there when a stage needs it.
   *
   * @throws LatticeLiftException (69) if it cannot be had, for example without a network
   */
  public static void require() {
    EngineCache.alone(
        () -> {
          if (!isHere()) {
            fetch();
          }
          return null;
        });
  }

  /** Starts the engine where its library can be found. */
  static <T> T withLibrary(Supplier<T> start) {
    require();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    if (!inClassPath() && folder().isPresent()) {
      thread.setContextClassLoader(folder().get().loader(EngineLibrary.class.getClassLoader()));
    }
    try {
      return EngineCache.alone(start);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void fetch() {
    String home = System.getProperty(HOME);
    if (home == null || System.getProperty(FOLDER) == null) {
      throw missing("the jar pytorch-native-cpu is not in the class path", null);
    }
    if (isPackaged()) {
      throw missing("this package was made without it", null);
    }
    try {
      int code =
          new ProcessBuilder(Path.of(home, "latticelift").toString(), "setup", "djl")
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
      if (code != 0 || folder().isEmpty()) {
        throw missing("it could not be fetched", null);
      }
    } catch (IOException e) {
      throw missing("the launcher does not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw missing("interrupted", e);
    }
  }

  private static LatticeLiftException missing(String why, Exception cause) {
    return new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        "The library of the training engine djl is not here: " + why,
        "closures, barrier train and train.engine: djl",
        "pytorch-native-cpu, 112 MB",
        "For it " + remedy() + "; or train with train.engine: java",
        cause);
  }

  /**
   * The folder into which the training engine unpacks its native library at its first start. The
   * engine itself does not keep several processes, such as the ranks of a job, from doing so at
   * once.
   */
  static final class EngineCache {
    private EngineCache() {}

    /** Starts something while no other process and no other thread does. */
    static synchronized <T> T alone(Supplier<T> start) {
      try (FileChannel file = open()) {
        file.lock(); // until the channel is closed
        return start.get();
      } catch (IOException e) {
        return start.get(); // nothing can be unpacked into a folder that cannot be written
      }
    }

    private static FileChannel open() throws IOException {
      String folder = System.getenv("DJL_CACHE_DIR");
      Path cache =
          folder == null ? Path.of(System.getProperty("user.home"), ".djl.ai") : Path.of(folder);
      Files.createDirectories(cache);
      return FileChannel.open(
          cache.resolve("latticelift.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
  }
}
