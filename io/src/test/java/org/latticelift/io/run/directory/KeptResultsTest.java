package org.latticelift.io.run.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.task.StopSignal;

/** Results of an interrupted stage that are read while new results are being stored. */
class KeptResultsTest {
  private static final String NAME = "checkpoint/some";

  @TempDir Path folder;

  private RunDirectory open() {
    OpenMode mode = Files.exists(folder.resolve("run")) ? OpenMode.RESUME : OpenMode.NEW;
    return RunDirectory.open(folder.resolve("run"), mode, "test");
  }

  /** Stores every result at once. */
  private static KeptResults often(RunDirectory directory) {
    return new KeptResults(directory, NAME, 0, StopSignal.none());
  }

  /** Results have different lengths, so that a place in another file would be noticed. */
  private static byte[] of(int task) {
    byte[] result = new byte[1 + 7 * task % 11];
    java.util.Arrays.fill(result, (byte) task);
    return result;
  }

  private static void make(KeptResults kept, int task, Set<Integer> made) {
    byte[] result =
        kept.result(
            task,
            () -> {
              made.add(task);
              return of(task);
            });
    assertThat(result).as("task " + task).isEqualTo(of(task));
  }

  /** The first tasks are read back and a gap is filled, in the order of one thread or another. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aGapDoesNotMoveWhatWasKept(int order) {
    Set<Integer> made = new TreeSet<>();
    try (RunDirectory directory = open()) {
      KeptResults kept = new KeptResults(directory, NAME, 1e9, StopSignal.none());
      List.of(0, 1, 2, 4).forEach(task -> make(kept, task, made));
      kept.begin(9).keep(new byte[0]); // flushes
    }
    assertThat(made).containsExactly(0, 1, 2, 4);
    made.clear();
    List<Integer> tasks = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
    java.util.Collections.rotate(tasks, order);
    try (RunDirectory directory = open()) {
      KeptResults kept = often(directory);
      tasks.forEach(task -> make(kept, task, made));
    }
    assertThat(made).containsExactly(3, 5);
    made.clear();
    try (RunDirectory directory = open()) {
      KeptResults kept = often(directory);
      tasks.forEach(task -> make(kept, task, made));
      assertThat(made).isEmpty();
      kept.delete();
      assertThat(directory.results()).isEmpty();
    }
  }

  /** Two ranks share the run directory, and one rank goes on. */
  @Test
  void twoRanksAndOneRankAfterThem() {
    Set<Integer> made = new TreeSet<>();
    try (RunDirectory directory = open();
        RunDirectory joined = RunDirectory.join(directory.root(), directory.ledger())) {
      KeptResults first = often(directory);
      KeptResults second = often(joined);
      for (int task = 0; task < 8; task++) {
        make(task % 2 == 0 ? first : second, task, made);
      }
    }
    made.clear();
    try (RunDirectory directory = open()) {
      KeptResults kept = often(directory);
      for (int task = 9; task >= 0; task--) {
        make(kept, task, made);
      }
    }
    assertThat(made).containsExactly(8, 9);
  }

  /** A file is never written twice, also where the number of its first task comes again. */
  @Test
  void noFileIsWrittenTwice() {
    try (RunDirectory directory = open()) {
      often(directory).result(3, () -> of(3));
      KeptResults other = often(directory); // has not looked yet
      assertThat(other.result(3, () -> of(5))).isEqualTo(of(3));
      List<String> before = directory.results();
      KeptResults third = often(directory);
      third.result(7, () -> of(7));
      assertThat(directory.results()).containsAll(before).hasSize(before.size() + 1);
    }
  }

  /** A request to stop that comes between two tasks loses none of them. */
  @Test
  void aStopBetweenTasksKeepsWhatIsFinished() {
    Set<Integer> made = new TreeSet<>();
    StopSignal stop = StopSignal.none();
    try (RunDirectory directory = open()) {
      KeptResults kept = new KeptResults(directory, NAME, 1e9, stop);
      assertFails(
          () ->
              kept.keeping(
                  () -> {
                    make(kept, 0, made);
                    make(kept, 1, made);
                    stop.request();
                    stop.check();
                    return made;
                  }));
    }
    made.clear();
    try (RunDirectory directory = open()) {
      KeptResults kept = often(directory);
      List.of(0, 1, 2).forEach(task -> make(kept, task, made));
    }
    assertThat(made).containsExactly(2);
  }

  /** A place at which another result stands is refused. */
  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void anotherNumberOrLengthIsRefused(int offset) throws Exception {
    try (RunDirectory directory = open()) {
      often(directory).result(3, () -> of(3));
      KeptResults kept = often(directory);
      kept.result(2, () -> of(2)); // now it knows where task 3 is
      String name =
          directory.results().stream()
              .filter(each -> each.contains("-3-"))
              .findFirst()
              .orElseThrow();
      try (RandomAccessFile file = new RandomAccessFile(directory.file(name).toFile(), "rw")) {
        file.seek(offset);
        file.writeInt(77);
      }
      assertFails(ExitCode.NUMERICAL, () -> kept.result(3, () -> of(3)), "task 3");
    }
  }

  /** The state of a task goes with its result, and belongs to this task. */
  @Test
  void statesOfTasksUnderWay() throws Exception {
    byte[] state = {1, 2, 3};
    try (RunDirectory directory = open()) {
      KeptResults kept = often(directory);
      kept.begin(1).keep(state);
      kept.begin(2).keep(new byte[] {4});
    }
    try (RunDirectory directory = open()) {
      KeptResults kept = often(directory);
      assertThat(kept.begin(1).state()).contains(state);
      assertThat(kept.begin(3).state()).isEmpty();
      kept.result(1, () -> of(1));
      assertThat(kept.begin(1).state()).isEmpty();
      assertThat(kept.begin(2).state()).contains(new byte[] {4});
      Path file = directory.file(NAME + "-2.ckpt");
      try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
        out.seek(4);
        out.writeInt(5);
      }
      assertFails(ExitCode.NUMERICAL, () -> kept.begin(2).state());
    }
  }
}
