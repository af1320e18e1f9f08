package org.latticelift.app.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Plug-ins of earlier versions: those that name a service as it was called before 0.2.0, which Java
 * would leave out without a word, and those that were compiled for 0.2.
 */
public final class RenamedServices {
  private static final String FOLDER = "META-INF/services/";

  /** New names of the services that users implement, by old name. */
  private static final Map<String, String> NAMES =
      new TreeMap<>(
          Map.of(
              "org.latticelift.system.SystemProvider",
              "org.latticelift.sim.system.SystemProvider",
              "org.latticelift.order.OrderParameterProvider",
              "org.latticelift.sim.vacancy.order.OrderParameterProvider",
              "org.latticelift.communicator.Transport",
              "org.latticelift.sim.parallel.communicator.Transport",
              "org.latticelift.ensemble.EnsembleKernel",
              "org.latticelift.learn.ensemble.EnsembleKernel"));

  /** What has gone or has another signature since 0.2. */
  private static final Pattern OF_SYSTEMS =
      Pattern.compile(
          "org[./]latticelift[./]sim[./]system[./](\\w*System\\b|\\w*Dynamics\\b|\\w*Patches\\b|Role|"
              + "Progression|PartialEvolution|JointEvolution|SystemProvider)");

  private RenamedServices() {}

  /** What a user should know; a line for each plug-in with an old name, usually none. */
  public static List<String> found(ClassLoader loader) {
    List<String> lines = new ArrayList<>();
    NAMES.forEach(
        (old, now) -> {
          for (URL place : places(loader, FOLDER + old)) {
            lines.add(
                "a plug-in is left out ("
                    + place
                    + "): the service "
                    + old
                    + " is "
                    + now
                    + " now. Rename that file, and the imports of the plug-in (CHANGELOG.md has all)");
          }
        });
    return lines;
  }

  /**
   * Whether an error is that of a plug-in that was compiled for an earlier version ({@code e}: what
   * has ended a command); what to do; empty for all other errors.
   */
  public static Optional<LatticeLiftException> outdated(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof LinkageError && OF_SYSTEMS.matcher(text).find()) {
        return Optional.of(
            new LatticeLiftException(
                ExitCode.UNAVAILABLE,
                "a plug-in that was compiled for another version: " + text,
                "jar of a system",
                "0.3: SystemProvider makes a LatticeSystem, whose Dynamics have Patches (0.2:"
                    + " MicroscopicSystem, LiftableSystem, PatchDynamics)",
                "Compile it against this version; docs/how-to/plug-ins-of-0.2.md shows what changed",
                e));
      }
    }
    return Optional.empty();
  }

  private static List<URL> places(ClassLoader loader, String resource) {
    try {
      return Collections.list(loader.getResources(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
