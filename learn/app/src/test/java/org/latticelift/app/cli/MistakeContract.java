package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;
import static org.latticelift.app.cli.TinyRun.CONFIG;
import static org.latticelift.app.cli.TinyRun.bytes;
import static org.latticelift.app.cli.TinyRun.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.TinyRun.Outcome;

/**
 * What a user can get wrong, through the command line: exactly one line on standard error with
 * what, where, what is allowed and what to do; the exit code of its kind; no file under a final
 * name that was not there before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MistakeContract {
  static final Path MODELS = Path.of("..", "..", "configs", "models").toAbsolutePath();

  /** Its model is built once. */
  private static final ReusedLine LINE = new ReusedLine();

  private Path folder;
  private Path complete;
  private int count;

  @BeforeAll
  final void useFolder(@TempDir Path fresh, @SharedRun(ALLOY) SharedRun.Made made) {
    folder = fresh;
    complete = made.folder();
    write(fresh.resolve("tiny.yaml"), CONFIG);
    prepare();
  }

  /** Makes what several mistakes need, named by {@link #at}. */
  void prepare() {
    // Most mistakes need nothing.
  }

  /** The mistakes of one kind. */
  abstract List<Mistake> mistakes();

  @ParameterizedTest
  @MethodSource("mistakes")
  void isOneLineWithTheRightCodeAndLeavesNothing(Mistake mistake) throws Exception {
    Path here = Files.createDirectory(folder.resolve("case" + count++));
    String[] args = mistake.args().apply(here);
    List<String> before = TinyRun.files(here);
    Outcome outcome = LINE.run(args);
    assertThat(outcome.err())
        .hasLineCount(1)
        .matches("latticelift: .+ \\(.+\\): .+\\. .+\\n")
        .contains(mistake.message())
        .doesNotContain("Exception", "\tat ");
    assertThat(outcome.code()).isEqualTo(mistake.code());
    List<String> after = new ArrayList<>(TinyRun.files(here));
    after.removeAll(before);
    after.removeIf(name -> name.matches(".*(\\.lock|checksums\\.sha256)"));
    assertThat(after).isEmpty();
  }

  /** Runs a command that has to succeed. */
  static void make(String... args) {
    Outcome outcome = TinyRun.run(args);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
  }

  /** A run of the whole of {@code tiny.yaml}, {@code done}. */
  final Path completeRun() {
    return TinyRun.copy(complete, folder.resolve("done"));
  }

  final String at(String name) {
    return folder.resolve(name).toString();
  }

  static String[] args(Path here, String yaml, String command) {
    Path file = write(here.resolve("broken.yaml"), yaml);
    return new String[] {command, file.toString(), "--out", here.resolve("run").toString()};
  }

  /** A run of {@code tiny.yaml} with other values. */
  static String[] changed(Path here, String... sets) {
    String[] more = Arrays.stream(sets).flatMap(s -> Stream.of("--set", s)).toArray(String[]::new);
    return with(args(here, CONFIG, "run"), more);
  }

  static String[] with(String[] args, String... more) {
    return Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  static Path cut(Path here, Path file, String name) {
    byte[] all = bytes(file);
    return write(here.resolve(name), Arrays.copyOf(all, all.length / 2));
  }
}
