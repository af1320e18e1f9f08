package org.latticelift.io.testing;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes what every class of tests costs: a line for each class and set as soon as the class has
 * ended.
 *
 * <p>The processor time is that of the JVM, without its compiler, and of the processes it has
 * started and seen end, so it is the class's own as long as one class runs at a time in a JVM (two
 * at a time are two JVMs). {@link #calibration} tells how much slower this machine is than the one
 * that the limits are written for, so that limits of processor time need no machine of their own.
 */
public final class TestTimes implements TestExecutionListener {
  /** The sets of tests, by tag; see docs/development/testing.md. */
  enum Set {
    QUICK,
    PIPELINE,
    LAW,
    HOSTILE,
    RANKS,
    DOCS,
    CAMPAIGN;

    static Set of(TestIdentifier test) {
      for (TestTag tag : test.getTags()) {
        for (Set set : values()) {
          if (tag.getName().equals(set.name().toLowerCase(Locale.ROOT))) {
            return set;
          }
        }
      }
      return QUICK;
    }
  }

  private static final class Cost {
    private int tests;
    private double wall;
    private double cpu;
  }

  /** Seconds that {@link #work} takes on the machine that the limits are written for. */
  private static final double REFERENCE_SECONDS = 0.06;

  private static final long CLOCK_TICKS_PER_SECOND = 100;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final List<Path> COMPILERS = compilers();

  private static double calibration;

  /** What was made for many classes while one of them ran: name and cost. */
  private static final Map<String, Cost> SHARED = new LinkedHashMap<>();

  private final Deque<Set> running = new ArrayDeque<>();
  private final Map<Set, Cost> costs = new EnumMap<>(Set.class);
  private String testClass;
  private long wallBefore;
  private double cpuBefore;

  /**
   * Makes what many classes use. It has a line of its own, without tests, and is no cost of the
   * class that happens to need it first.
   *
   * @param <T> what is made
   * @param name of it
   * @param work makes it
   * @return what was made
   */
  public static <T> T shared(String name, Supplier<T> work) {
    long wall = System.nanoTime();
    double cpu = processorSeconds();
    try {
      return work.get();
    } finally {
      Cost cost = new Cost();
      cost.wall = 1e-9 * (System.nanoTime() - wall);
      cost.cpu = processorSeconds() - cpu;
      SHARED.put(name, cost);
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    String name = className(test);
    if (testClass == null && name != null) {
      if (calibration == 0) {
        calibration = calibrate();
      }
      testClass = name;
      costs.clear();
      wallBefore = System.nanoTime();
      cpuBefore = processorSeconds();
    }
    if (testClass != null) {
      charge();
      running.push(Set.of(test));
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (testClass == null) {
      return;
    }
    if (test.isTest()) {
      cost().tests++;
    }
    charge();
    running.pop();
    if (running.isEmpty()) {
      write();
      testClass = null;
    }
  }

  private static String className(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    return source instanceof ClassSource ofClass ? ofClass.getClassName() : null;
  }

  private Cost cost() {
    return costs.computeIfAbsent(running.getFirst(), set -> new Cost());
  }

  private void charge() {
    long wall = System.nanoTime();
    double cpu = processorSeconds();
    if (!running.isEmpty()) {
      cost().wall += 1e-9 * (wall - wallBefore);
      cost().cpu += cpu - cpuBefore;
    }
    wallBefore = wall;
    cpuBefore = cpu;
  }

  private void write() {
    StringBuilder lines = new StringBuilder();
    SHARED.forEach(
        (name, made) -> {
          Cost first = costs.values().stream().max((a, b) -> Double.compare(a.cpu, b.cpu)).get();
          first.wall -= made.wall;
          first.cpu -= made.cpu;
          lines.append(line(name, Set.QUICK, made));
        });
    SHARED.clear();
    costs.forEach(
        (set, cost) -> {
          if (cost.tests > 0) {
            lines.append(line(testClass, set, cost));
          }
        });
    Path folder = Path.of("target", "test-times");
    if (lines.isEmpty() || !Files.isDirectory(folder.getParent())) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(ProcessHandle.current().pid() + ".csv"),
          lines,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(String name, Set set, Cost cost) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%.3f,%.3f,%.3f%n",
        name,
        set.name().toLowerCase(Locale.ROOT),
        cost.tests,
        cost.wall,
        cost.cpu,
        calibration);
  }

  /** Without what the JVM's compiler takes, which is a matter of which class comes first. */
  private static double processorSeconds() {
    return 1e-9 * SYSTEM.getProcessCpuTime() + endedChildrenSeconds() - compilerSeconds();
  }

  /**
   * Nanoseconds on a processor, the first number of Linux's {@code schedstat}, of the compiler's
   * threads.
   */
  private static double compilerSeconds() {
    double seconds = 0;
    for (Path thread : COMPILERS) {
      try {
        seconds += 1e-9 * Long.parseLong(Files.readString(thread).split(" ")[0]);
      } catch (IOException e) {
        return 0; // a thread that has ended
      }
    }
    return seconds;
  }

  private static List<Path> compilers() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      return threads.filter(TestTimes::isCompiler).map(it -> it.resolve("schedstat")).toList();
    } catch (IOException e) {
      return List.of(); // not Linux
    }
  }

  private static boolean isCompiler(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).matches("C[12] Compiler(?s:.*)");
    } catch (IOException e) {
      return false; // has ended
    }
  }

  /**
   * User and system time of children that were waited for: fields 16 and 17 of Linux's {@code
   * /proc/self/stat}.
   */
  private static double endedChildrenSeconds() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (double) (Long.parseLong(fields[13]) + Long.parseLong(fields[14]))
          / CLOCK_TICKS_PER_SECOND;
    } catch (IOException e) {
      return 0; // not Linux
    }
  }

  /** The best of a few, as others run beside this. */
  private static double calibrate() {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 4; i++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      if (work() == 0) {
        throw new IllegalStateException("an odd number times odd ones is zero");
      }
      best =
          Math.min(
              best,
              1e-9 * (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before));
    }
    return best / REFERENCE_SECONDS;
  }

  /**
   * Multiplications that wait for each other, and reads that no processor guesses: no compiler
   * removes or widens them.
   */
  private static long work() {
    int[] table = new int[1 << 12];
    long x = 0x9E3779B97F4A7C15L;
    for (int i = 0; i < 10_000_000; i++) {
      x = x * 0xD1342543DE82EF95L + 2 * i + 1;
      table[(int) (x >>> 52)] += i;
      x += 2L * table[(int) (x >>> 40) & 0xFFF];
    }
    return x | 1;
  }
}
