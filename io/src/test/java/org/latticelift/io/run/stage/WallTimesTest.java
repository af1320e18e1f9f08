package org.latticelift.io.run.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;

class WallTimesTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.250Z");

  @TempDir Path folder;

  private static WallTimes.Session session(
      String stage, List<String> outputs, int minute, double seconds, boolean complete) {
    Instant start = NOON.plusSeconds(60L * minute);
    return new WallTimes.Session(
        stage, outputs, start, start.plusMillis((long) (1e3 * seconds)), 2, 3, seconds, complete);
  }

  private void add(OpenMode mode, WallTimes.Session... sessions) {
    try (RunDirectory directory = RunDirectory.open(folder.resolve("run"), mode, "x")) {
      for (WallTimes.Session session : sessions) {
        WallTimes.add(directory, session);
      }
    }
  }

  private List<WallTimes.StageTime> read() {
    return WallTimes.read(folder.resolve("run"));
  }

  @Test
  void sessionsOfAStageAddUpAfterResumes() {
    List<String> pairs = List.of("pairs.h5", "large.h5");
    add(
        OpenMode.NEW,
        session("simulate", List.of("snapshots.h5"), 0, 10, true),
        session("lift", pairs, 1, 0.125, false));
    add(OpenMode.RESUME, session("lift", pairs, 2, 2.5, false));
    add(OpenMode.RESUME, session("lift", pairs, 3, 4, true));
    assertThat(read()).extracting(WallTimes.StageTime::stage).containsExactly("simulate", "lift");
    WallTimes.StageTime lift = read().get(1);
    assertThat(lift.seconds()).isCloseTo(6.625, within(1e-9));
    assertThat(lift.sessions()).isEqualTo(3);
    assertThat(lift.outputs()).isEqualTo(pairs);
    assertThat(lift.end()).isEqualTo(NOON.plusSeconds(184));
  }

  @Test
  void aStageThatIsMadeAnewBeginsAtZero() {
    List<String> page = List.of("report/index.html");
    add(OpenMode.NEW, session("report", page, 0, 7, true));
    add(OpenMode.RESUME, session("report", page, 1, 3, true));
    assertThat(read()).singleElement().extracting(WallTimes.StageTime::seconds).isEqualTo(3.0);
  }

  /** Predictions of an experiment from several starts. */
  @Test
  void stagesOfOneNameWithOtherResultsAreOthers() {
    add(
        OpenMode.NEW,
        session("ensemble", List.of("a.h5"), 0, 1, true),
        session("ensemble", List.of("b.h5"), 1, 2, true));
    assertThat(read()).extracting(WallTimes.StageTime::seconds).containsExactly(1.0, 2.0);
  }

  @Test
  void aFolderWithoutTimesHasNone() {
    assertThat(WallTimes.read(folder)).isEmpty();
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws IOException {
    Path file = folder.resolve(WallTimes.NAME);
    for (String text :
        List.of(
            "stage,seconds\nlift,3\n",
            "stage,outputs,start,end,ranks,threads,wall[s],complete\nlift,a,now,now,1,1,2,true\n")) {
      Files.writeString(file, text);
      assertFails(() -> WallTimes.read(folder), WallTimes.NAME);
    }
  }
}
