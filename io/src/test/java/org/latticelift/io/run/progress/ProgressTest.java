package org.latticelift.io.run.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.latticelift.io.run.progress.ShownProgress.LineProgress;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void atMostOneLineInTenSeconds() {
    AtomicLong seconds = new AtomicLong();
    LineProgress progress =
        new LineProgress("simulate", 100, out, () -> seconds.get() * 1_000_000_000L);
    for (int i = 0; i < 40; i++) {
      progress.step(1);
      seconds.incrementAndGet();
    }
    progress.message("note");
    progress.close();
    progress.close();
    assertThat(text().lines())
        .containsExactly(
            "simulate: 11/100, 10 s, 1.10/s, about 81 s left",
            "simulate: 21/100, 20 s, 1.05/s, about 75 s left",
            "simulate: 31/100, 30 s, 1.03/s, about 67 s left",
            "simulate: note",
            "simulate: 40/100 in 40.0 s");
  }

  @Test
  void whoKnowsHowLongTheRestTakesIsBelieved() {
    AtomicLong seconds = new AtomicLong();
    LineProgress progress =
        new LineProgress("simulate", 100, out, () -> seconds.get() * 1_000_000_000L);
    progress.step(50);
    seconds.set(10);
    progress.left(300);
    progress.step(1);
    assertThat(text()).isEqualTo("simulate: 51/100, 10 s, 5.10/s, about 300 s left\n");
  }

  @Test
  void quietShowsNothing() {
    try (Progress progress = ProgressFactory.standard(true).start("x", 3)) {
      progress.step(3);
      progress.message("y");
    }
    assertThat(text()).isEmpty();
  }

  @Test
  void barReachesItsEnd() {
    try (Progress progress = ProgressFactory.bar(out).start("train", 3)) {
      progress.step(3);
      progress.message("loss 1");
    }
    assertThat(text()).contains("train", "3/3", "/s");
  }

  @Test
  void withoutTerminalThereAreLines() {
    if (System.console() == null) {
      try (Progress progress = ProgressFactory.standard(false).start("x", 1)) {
        assertThat(progress).isInstanceOf(LineProgress.class);
      }
    }
  }
}
