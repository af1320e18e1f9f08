package org.latticelift.app.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.evaluate.EvaluateStage;

/** What {@code --dry-run} prints: a line per stage, their sum, and what would not work. */
final class PlanTable {
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;
  private static final double YEAR = 365 * DAY;
  private static final Set<String> METHOD =
      Stream.of(MethodStage.SIMULATE, MethodStage.LIFT, MethodStage.TRAIN, MethodStage.ENSEMBLE)
          .map(MethodStage::command)
          .collect(Collectors.toUnmodifiableSet());
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};

  private final List<StagePlan> plans;
  private final int threads;
  private final double heap;

  /**
   * A table ({@code plans}: of stages in order; {@code heap}: memory that the process may use, B).
   */
  PlanTable(List<StagePlan> plans, int threads, double heap) {
    this.plans = List.copyOf(plans);
    this.threads = threads;
    this.heap = heap;
  }

  /** The lines ({@code folder}: where results would go). */
  List<String> lines(Object folder) {
    List<String> lines = new ArrayList<>();
    lines.add(row("stage", "tasks", "core time", "disk", "memory", "size"));
    double seconds = 0;
    double disk = 0;
    double memory = 0;
    for (StagePlan plan : plans) {
      double held = plan.memory().bytes(threads, plan.tasks());
      seconds += plan.seconds();
      disk += plan.bytes();
      memory = Math.max(memory, held);
      lines.add(
          row(
              plan.stage(),
              Long.toString(plan.tasks()),
              time(plan.seconds()),
              bytes(plan.bytes()),
              bytes(held),
              plan.size()));
    }
    lines.add(row("all", "", time(seconds), bytes(disk), bytes(memory), "into " + folder));
    lines.addAll(warnings());
    lines.addAll(otherAnswers());
    lines.add(
        "Nothing was done; estimates are rough (factor 2); memory is that of a rank with "
            + threads
            + (threads == 1 ? " thread." : " threads."));
    return lines;
  }

  /**
   * What equilibrium means alone would cost (EX-59): their errors fall with the number of events,
   * whatever the size of the lattice in which these happen.
   */
  private List<String> otherAnswers() {
    Map<String, Double> seconds =
        plans.stream().collect(Collectors.toMap(StagePlan::stage, StagePlan::seconds, Double::sum));
    if (!seconds.keySet().containsAll(METHOD)) {
      return List.of();
    }
    String small = time(seconds.get(MethodStage.SIMULATE.command()));
    double method = METHOD.stream().mapToDouble(seconds::get).sum();
    boolean corrected =
        plans.stream().anyMatch(plan -> plan.size().contains(EvaluateStage.CORRECTED));
    return List.of(
        "Equilibrium means alone: of the small system after its runs ("
            + small
            + ")"
            + (corrected ? ", corrected for its size in seconds" : "")
            + "; of a larger one by",
        "direct simulation of as many events, which is as sure and takes as long, after equilibration;",
        "of the smallest size whose difference to a large one is below that, which the report names",
        "(s.d.: standard deviation of one state of that size).",
        "The whole method ("
            + time(method)
            + ") is for paths and for many questions: other starts, sizes and",
        "changes of the condition cost no further simulation.");
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (StagePlan plan : plans) {
      if (plan.seconds() > YEAR) {
        warnings.add(
            "warning: " + plan.stage() + " takes " + time(plan.seconds()) + "; check its duration");
      }
      double held = plan.memory().bytes(threads, plan.tasks());
      if (held > heap) {
        warnings.add(
            "warning: "
                + plan.stage()
                + " needs "
                + bytes(held)
                + ", the heap has "
                + bytes(heap)
                + "; set LATTICELIFT_HEAP, or make it smaller");
      }
    }
    return warnings;
  }

  private static String row(
      String stage, String tasks, String time, String disk, String memory, String size) {
    return String.format("%-10s  %8s  %12s  %9s  %9s  %s", stage, tasks, time, disk, memory, size);
  }

  /** A time in a unit that keeps the number short. */
  static String time(double seconds) {
    if (seconds < 10 * MINUTE) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    if (seconds < 100 * HOUR) {
      return String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
    }
    return seconds < YEAR
        ? String.format(Locale.ROOT, "%.0f days", seconds / DAY)
        : String.format(Locale.ROOT, "%.3g years", seconds / YEAR);
  }

  /** A size in a unit that keeps the number short. */
  static String bytes(double bytes) {
    double value = bytes / 1e3;
    int unit = 0;
    while (value >= 1e3 && unit < UNITS.length - 1) {
      value /= 1e3;
      unit++;
    }
    return value < 1e4
        ? String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit])
        : String.format(Locale.ROOT, "%.3g %s", value, UNITS[unit]);
  }
}
