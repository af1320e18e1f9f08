package org.latticelift.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

class InputFileTest {
  @TempDir private Path folder;

  /** Two files, one of them deeper. */
  record Files2(InputFile table, Inner inner) {}

  /** A section. */
  record Inner(InputFile weights) {}

  private ConfigNode load(String... sets) throws Exception {
    Path config = folder.resolve("c.yaml");
    Files.writeString(config, "table: a/t.h5\ninner:\n  weights: ../w.h5\n");
    return ConfigNode.load(config, List.of(sets));
  }

  private static Files2 bound(ConfigNode node) {
    return Binder.bind(node, Files2.class);
  }

  @Test
  void pathsOfAFileAreRelativeToItsFolder() throws Exception {
    Files2 files = bound(load());
    assertThat(files.table().path()).isEqualTo(folder.resolve("a/t.h5"));
    assertThat(files.inner().weights().path()).isEqualTo(folder.resolveSibling("w.h5"));
    assertThat(files.inner().weights().key()).isEqualTo("inner.weights");
    assertThat(Binder.resolve(files).toYaml()).contains("a/t.h5", "../w.h5");
  }

  @Test
  void thoseOfTheCommandLineAreRelativeToTheWorkingDirectory() throws Exception {
    Files2 files = bound(load("table=x.h5"));
    assertThat(files.table().path()).isEqualTo(Path.of("x.h5").toAbsolutePath());
    assertThat(files.inner().weights().path()).isEqualTo(folder.resolveSibling("w.h5"));
    Files2 moved = bound(load().with("inner", "{weights: b.h5}"));
    assertThat(moved.inner().weights().path()).isEqualTo(folder.resolve("b.h5"));
    assertThat(bound(load("table=/x/y.h5")).table().path()).isEqualTo(Path.of("/x/y.h5"));
  }

  @Test
  void errorsNameTheKeyOnce() throws Exception {
    InputFile file = bound(load()).inner().weights();
    LatticeLiftException error =
        LatticeLiftException.badData("no weights", "w.h5 /layer0", "weights", "Look");
    assertFails(
        ExitCode.BAD_DATA,
        () ->
            file.read(
                path -> {
                  throw error;
                }),
        "no weights (inner.weights: w.h5 /layer0): weights. Look");
    assertThat(error.under("inner.weights").under("inner.weights").getMessage())
        .containsOnlyOnce("inner.weights");
    assertThat(error.under("")).isSameAs(error);
    assertThat(file.<String>read(Path::toString)).endsWith("w.h5");
  }
}
