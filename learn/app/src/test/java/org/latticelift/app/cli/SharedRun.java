package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.latticelift.io.testing.TestTimes;

/**
 * A parameter of a test: the complete tiny run of a system, {@link Made}. It is made once in a JVM
 * and only read: who writes into one, or beside it, fails; {@link TinyRun#copy} makes one to write
 * into.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedRun.Maker.class)
@interface SharedRun {
  /** Which system. */
  Of value();

  /** The tiny runs. */
  enum Of {
    ALLOY(TinyRun.CONFIG),
    FIELDS(TinyRun.FIELDS),
    SPINS(TinyRun.SPINS),
    CHAIN(TinyRun.CHAIN);

    private final String yaml;

    Of(String yaml) {
      this.yaml = yaml;
    }
  }

  /**
   * A complete run.
   *
   * @param config its configuration
   * @param folder its run directory
   * @param outcome what the command left, which was not quiet
   */
  record Made(Path config, Path folder, TinyRun.Outcome outcome) {}

  /** Makes the runs. */
  final class Maker implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    private static final Map<Of, Made> RUNS = new EnumMap<>(Of.class);
    private static final Map<Of, Map<String, FileTime>> BEFORE = new EnumMap<>(Of.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Made.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return of(parameter.findAnnotation(SharedRun.class).orElseThrow().value());
    }

    @Override
    public void afterEach(ExtensionContext context) {
      requireUntouched();
    }

    @Override
    public void afterAll(ExtensionContext context) {
      requireUntouched();
    }

    private static synchronized Made of(Of which) {
      Made made = RUNS.get(which);
      if (made == null) {
        made = TestTimes.shared("SharedRun." + which, () -> make(which));
        RUNS.put(which, made);
      }
      return made;
    }

    private static Made make(Of which) {
      try {
        Path folder = Files.createTempDirectory("tiny-run");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        Path config = TinyRun.write(folder.resolve("tiny.yaml"), which.yaml);
        Path out = folder.resolve("run");
        Made made = new Made(config, out, TinyRun.run("run", "" + config, "--out", "" + out));
        assertThat(made.outcome().code()).as(made.outcome().err()).isZero();
        BEFORE.put(which, files(folder));
        return made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static synchronized void requireUntouched() {
      RUNS.forEach(
          (which, made) ->
              assertThat(files(made.config().getParent()))
                  .as("the shared run %s, which tests only read", which)
                  .isEqualTo(BEFORE.get(which)));
    }

    private static Map<String, FileTime> files(Path folder) {
      Map<String, FileTime> times = new TreeMap<>();
      for (String name : TinyRun.files(folder)) {
        if (!name.endsWith(".lock")) {
          try {
            times.put(name, Files.getLastModifiedTime(folder.resolve(name)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
      return times;
    }

    private static void delete(Path folder) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
