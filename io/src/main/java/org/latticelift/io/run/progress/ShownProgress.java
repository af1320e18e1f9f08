package org.latticelift.io.run.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** How progress is shown: not at all, in lines, or as a bar. */
final class ShownProgress {
  private ShownProgress() {}

  /** Shows nothing. */
  enum QuietProgress implements Progress {
    INSTANCE;

    @Override
    public void step(long n) {
      // Nothing is shown.
    }

    @Override
    public void message(String s) {
      // Nothing is shown.
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  /**
   * Plain lines for logs: none before ten seconds, then at most one per ten seconds, one at the
   * end.
   */
  static final class LineProgress implements Progress {
    private static final long INTERVAL_NANOS = 10_000_000_000L;
    private static final double NANOS = 1e9;

    private final String label;
    private final long total;
    private final PrintStream out;
    private final LongSupplier clock;
    private final long start;
    private long lastLine;
    private long done;
    private double told = Double.NaN;
    private boolean closed;

    LineProgress(String label, long total, PrintStream out, LongSupplier clock) {
      this.label = label;
      this.total = total;
      this.out = out;
      this.clock = clock;
      this.start = clock.getAsLong();
      this.lastLine = start;
    }

    @Override
    public void step(long n) {
      step(n, "");
    }

    @Override
    public synchronized void step(long n, String state) {
      done += n;
      long now = clock.getAsLong();
      if (now - lastLine >= INTERVAL_NANOS) {
        lastLine = now;
        double seconds = (now - start) / NANOS;
        String left = done == 0 && Double.isNaN(told) ? "" : remaining(seconds);
        String words = state.isEmpty() ? "" : ", " + state;
        print(
            String.format(
                Locale.ROOT,
                "%d/%d, %.0f s%s%s%s",
                done,
                total,
                seconds,
                rate(seconds),
                left,
                words));
      }
    }

    /** Units of work in a second, with three digits; nothing before the first. */
    private String rate(double seconds) {
      double rate = done / seconds;
      int decimals = rate <= 0 ? 0 : Math.max(0, 2 - (int) Math.floor(Math.log10(rate)));
      return done == 0 ? "" : String.format(Locale.ROOT, ", %." + decimals + "f/s", rate);
    }

    private String remaining(double seconds) {
      double left = Double.isNaN(told) ? seconds * Math.max(0, total - done) / done : told;
      return String.format(Locale.ROOT, ", about %.0f s left", left);
    }

    @Override
    public synchronized void left(double seconds) {
      told = seconds;
    }

    @Override
    public synchronized void message(String s) {
      print(s);
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        double seconds = (clock.getAsLong() - start) / NANOS;
        print(String.format(Locale.ROOT, "%d/%d in %.1f s", done, total, seconds));
      }
    }

    private void print(String text) {
      out.println(label + ": " + text);
    }
  }

  /** A bar on a terminal. */
  static final class BarProgress implements Progress {
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
}
