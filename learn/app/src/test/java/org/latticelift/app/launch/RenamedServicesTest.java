package org.latticelift.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.learn.ensemble.EnsembleKernel;
import org.latticelift.sim.parallel.communicator.Transport;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.vacancy.order.OrderParameterProvider;

class RenamedServicesTest {
  /** As they were called in 0.1.0. */
  private static final Map<String, Class<?>> SERVICES =
      Map.of(
          "org.latticelift.system.SystemProvider", SystemProvider.class,
          "org.latticelift.order.OrderParameterProvider", OrderParameterProvider.class,
          "org.latticelift.communicator.Transport", Transport.class,
          "org.latticelift.ensemble.EnsembleKernel", EnsembleKernel.class);

  @TempDir private Path folder;

  @Test
  void aPlugInWithAnOldNameIsNamedWithTheNewOne() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    for (String old : SERVICES.keySet()) {
      Files.writeString(services.resolve(old), "example.Voter\n");
    }
    List<String> lines = found();
    assertThat(lines).hasSameSizeAs(SERVICES.keySet());
    SERVICES.forEach(
        (old, now) ->
            assertThat(lines)
                .anySatisfy(
                    line ->
                        assertThat(line)
                            .contains(old, now.getName(), folder.toString())
                            .hasLineCount(1)));
  }

  @Test
  void thisProgramHasNone() throws IOException {
    assertThat(found()).isEmpty();
  }

  private List<String> found() throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      return RenamedServices.found(loader);
    }
  }
}
