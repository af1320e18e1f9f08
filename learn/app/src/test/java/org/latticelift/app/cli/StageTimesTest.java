package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.run.stage.WallTimes;

/** The wall times that a whole run records of its stages. */
class StageTimesTest {
  @TempDir private Path folder;

  @Test
  void everyStageIsTimedAndTheReportShowsThoseBeforeIt(@SharedRun(ALLOY) SharedRun.Made made)
      throws IOException {
    Path out = made.folder();
    assertThat(WallTimes.read(out))
        .extracting(WallTimes.StageTime::stage)
        .containsExactly("simulate", "lift", "train", "ensemble", "direct", "evaluate", "report");
    assertThat(WallTimes.read(out))
        .allMatch(time -> time.sessions() == 1 && time.seconds() > 0 && time.seconds() < 1e4);
    String page = Files.readString(out.resolve("report/index.html"));
    assertThat(page.substring(page.indexOf("Time per stage")))
        .contains(">simulate<", "snapshots.h5", ">lift<", ">evaluate<")
        .doesNotContain(">report<");
  }
}
