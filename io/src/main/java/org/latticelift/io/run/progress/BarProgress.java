package org.latticelift.io.run.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** A bar on a terminal. */
final class BarProgress implements Progress {
  private static final int UPDATE_MILLIS = 500;

  private final ProgressBar bar;
  private volatile double told = Double.NaN;

  BarProgress(String label, long total, PrintStream out) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(label)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setEtaFunction(this::left)
            .showSpeed()
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
  }

  /** What was told, or else in proportion to what is done. */
  private Optional<Duration> left(ProgressState state) {
    if (!Double.isNaN(told)) {
      return Optional.of(Duration.ofSeconds(Math.round(told)));
    }
    long done = state.getCurrent();
    if (done == 0 || state.isIndefinite()) {
      return Optional.empty();
    }
    double share = (double) Math.max(0, state.getMax() - done) / done;
    return Optional.of(
        Duration.ofMillis(Math.round(state.getElapsedAfterStart().toMillis() * share)));
  }

  @Override
  public void left(double seconds) {
    told = seconds;
  }

  @Override
  public void step(long n) {
    bar.stepBy(n);
  }

  @Override
  public void step(long n, String state) {
    bar.stepBy(n);
    bar.setExtraMessage(" " + state);
  }

  @Override
  public void message(String s) {
    bar.setExtraMessage(" " + s);
  }

  @Override
  public void close() {
    bar.close();
  }
}
