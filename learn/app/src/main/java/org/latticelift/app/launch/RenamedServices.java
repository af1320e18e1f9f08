package org.latticelift.app.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plug-ins that name a service as it was called before 0.2.0: Java would leave them out without a
 * word.
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

  private RenamedServices() {}

  /**
   * What a user should know.
   *
   * @return a line for each plug-in with an old name, usually none
   */
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

  private static List<URL> places(ClassLoader loader, String resource) {
    try {
      return Collections.list(loader.getResources(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
