package org.latticelift.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.CommandLines;
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

  /** Sources as they were written for 0.2, compiled against what 0.2 had. */
  @Test
  void aJarOfTheLastVersionIsToldWhatChanged() throws Exception {
    Path sources = folder.resolve("src");
    String system = "org/latticelift/sim/system/";
    write(sources, system + "MicroscopicSystem", "public interface MicroscopicSystem<S> {}");
    write(
        sources,
        system + "SystemProvider",
        "public interface SystemProvider {\n  String name();\n  java.util.Map<String,"
            + " java.util.List<Class<? extends Record>>> sections();\n  MicroscopicSystem<?>"
            + " create(org.latticelift.io.config.ConfigNode root);\n}");
    write(
        sources,
        "example/Old",
        "public final class Old implements org.latticelift.sim.system.SystemProvider {\n"
            + "  public String name() { return \"old\"; }\n"
            + "  public java.util.Map<String, java.util.List<Class<? extends Record>>> sections() {"
            + " return java.util.Map.of(\"conditions\", java.util.List.of(Conditions.class)); }\n"
            + "  record Conditions(java.util.List<Double> noise) {}\n"
            + "  public org.latticelift.sim.system.MicroscopicSystem<?> create("
            + "org.latticelift.io.config.ConfigNode root) { return null; }\n}");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-sourcepath",
                sources.toString(),
                "-d",
                classes.toString(),
                sources.resolve("example/Old.java").toString());
    assertThat(compiled).isZero();
    Path jar = Files.createDirectories(folder.resolve("jar/example"));
    for (String name : List.of("Old.class", "Old$Conditions.class")) {
      Files.move(classes.resolve("example").resolve(name), jar.resolve(name));
    }
    Path services = Files.createDirectories(folder.resolve("jar/META-INF/services"));
    Files.writeString(services.resolve(SystemProvider.class.getName()), "example.Old\n");
    Path config =
        Files.writeString(folder.resolve("old.yaml"), "system: old\nconditions: {noise: [1]}\n");
    StringWriter err = new StringWriter();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.resolve("jar").toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      int code =
          CommandLines.run(
              new PrintWriter(new StringWriter()),
              new PrintWriter(err),
              "validate",
              config.toString());
      assertThat(code).as(err.toString()).isEqualTo(69);
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(err.toString())
        .contains("compiled for another version", "LatticeSystem", "docs/how-to/plug-ins-of-0.2.md")
        .hasLineCount(1);
  }

  private static void write(Path sources, String type, String text) throws IOException {
    Path file = sources.resolve(type + ".java");
    Files.createDirectories(file.getParent());
    String name = type.substring(0, type.lastIndexOf('/')).replace('/', '.');
    Files.writeString(file, "package " + name + ";\n\n" + text + "\n");
  }

  private List<String> found() throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      return RenamedServices.found(loader);
    }
  }
}
