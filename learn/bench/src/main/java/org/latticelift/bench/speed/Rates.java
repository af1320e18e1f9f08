package org.latticelift.bench.speed;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Work per second of processor time of the measuring thread. Other work on the machine changes
 * processor time less than wall time; a shared core or a shared cache still slows it.
 *
 * @param median over the slices of a measurement
 * @param slices the slowest and the fastest of them
 */
public record Rates(double median, Slices slices) {
  private static final double NANOS = 1e9;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Returns the processor time of this thread, ns. */
  public static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Repeats {@code work}, which returns how much it has done, for some seconds. */
  public static double of(double seconds, LongSupplier work) {
    long start = nanos();
    long end = start + (long) (seconds * NANOS);
    long done = 0;
    long now;
    do {
      done += work.getAsLong();
      now = nanos();
    } while (now < end);
    return done * NANOS / (now - start);
  }

  /** Repeats {@code work} in slices of equal length, {@code seconds} in all. */
  public static Rates inSlices(int slices, double seconds, LongSupplier work) {
    double[] rates = new double[slices];
    Arrays.setAll(rates, i -> of(seconds / slices, work));
    return of(rates);
  }

  /** Summarises the rates of slices, in any order. */
  public static Rates of(double[] rates) {
    double[] sorted = Arrays.stream(rates).sorted().toArray();
    return new Rates(sorted[sorted.length / 2], new Slices(sorted[0], sorted[sorted.length - 1]));
  }
}
