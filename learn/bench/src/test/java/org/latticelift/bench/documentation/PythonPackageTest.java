package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.ExternalTool;

/** The Python package: its own tests, and its wheel. */
@Tag("docs")
class PythonPackageTest {
  private static final Path SOURCES = DocumentTree.ROOT.resolve("io/python");
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private static Path folder;

  @BeforeAll
  static void numpyIsThere() {
    ExternalTool.python(List.of("numpy", "ensurepip"), "");
  }

  @Test
  void itsOwnTestsPass() {
    String tests = SOURCES.resolve("tests").toString();
    String said =
        ExternalTool.run(
            PYTHON, "-B", "-W", "error", "-m", "unittest", "discover", "-v", "-s", tests);
    assertThat(said.lines().filter(line -> line.endsWith(" ... ok"))).hasSizeGreaterThan(14);
  }

  @Test
  void itsWheelIsReproducibleAndInstallsWithoutANetwork() throws IOException {
    Path first = wheel("one");
    assertThat(Files.mismatch(first, wheel("two"))).isEqualTo(-1);
    String environment = folder.resolve("venv").toString();
    ExternalTool.run(PYTHON, "-m", "venv", "--system-site-packages", environment);
    for (String source : List.of(first.toString(), SOURCES.toString())) {
      String pip = environment + "/bin/pip";
      ExternalTool.run(pip, "install", "--no-index", "--no-deps", "--force-reinstall", source);
      String program =
          "import latticelift; print(latticelift.__version__, latticelift.__file__, latticelift.run)";
      assertThat(ExternalTool.run(environment + "/bin/python", "-I", "-c", program))
          .startsWith(version(first) + " " + environment);
    }
  }

  private static Path wheel(String name) throws IOException {
    Path out = Files.createDirectory(folder.resolve(name));
    String script = SOURCES.resolve("wheel_of_latticelift.py").toString();
    return out.resolve(ExternalTool.run(PYTHON, "-B", script, out.toString()).strip());
  }

  private static String version(Path wheel) {
    return wheel.getFileName().toString().split("-")[1];
  }
}
