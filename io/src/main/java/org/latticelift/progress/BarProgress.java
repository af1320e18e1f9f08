package org.latticelift.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal. */
final class BarProgress implements Progress {
  private static final int UPDATE_MILLIS = 500;

  private final ProgressBar bar;

  BarProgress(String label, long total, PrintStream out) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(label)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
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
