package org.latticelift.io.run.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Plain lines for logs: none before ten seconds, then at most one per ten seconds, one at the end.
 */
final class LineProgress implements Progress {
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
