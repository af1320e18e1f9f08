package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.simulate.AllRuns.RecordTimes;
import org.latticelift.sim.simulate.RunTask.RunObserver;
import org.latticelift.sim.simulate.RunTask.SavableRun;

class RecordTimesTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> told = new ArrayList<>();
  private long now = 7 * SECOND;

  private void pass(int seconds) {
    now += seconds * SECOND;
  }

  @Test
  void recordsAreTimedWithoutTheirCheckpoints() {
    RunObserver slow =
        new RunObserver() {
          @Override
          public void paused(SavableRun run) {
            pass(100);
          }
        };
    RecordTimes times =
        new RecordTimes(slow, (record, seconds) -> told.add(record + ": " + seconds), () -> now);
    pass(1);
    times.begins(3);
    pass(2);
    times.paused(() -> {});
    pass(3);
    times.recorded(4);
    times.paused(() -> {});
    pass(4);
    times.recorded(5);
    assertThat(told).containsExactly("4: 5.0", "5: 4.0");
  }

  @Test
  void theOtherObserverIsToldOfEverything() {
    RunObserver other =
        new RunObserver() {
          @Override
          public void begins(int records) {
            told.add("begins " + records);
          }

          @Override
          public void recorded(int records) {
            told.add("recorded " + records);
          }

          @Override
          public void paused(SavableRun run) {
            run.save();
          }

          @Override
          public void ends(SavableRun run) {
            run.save();
          }
        };
    RunObserver times = new RecordTimes(RunObserver.all(other), (record, seconds) -> {}, () -> now);
    times.begins(2);
    times.paused(() -> told.add("saved"));
    times.recorded(3);
    times.ends(() -> told.add("saved at the end"));
    assertThat(told).containsExactly("begins 2", "saved", "recorded 3", "saved at the end");
  }
}
