package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.config.Binder;
import org.latticelift.io.output.Figure;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.io.run.directory.TaskLog;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.experiment.BinderScan;
import org.latticelift.sim.systems.alloy.AlloyOrdering;
import org.latticelift.sim.systems.alloy.AlloyOrdering.OrderingConfig;

/** Finds the ordering temperature of an effective Hamiltonian, command {@code ordering} (EX-42). */
public final class OrderingRun {
  private static final String TEMPERATURE = "temperature_K";

  private final OrderingConfig config;
  private final AlloyOrdering ordering;
  private final List<AlloyOrdering.Point> points;
  private final BinderScan scan;

  /** Reads the Hamiltonian ({@code config}: what is wanted). */
  public OrderingRun(OrderingConfig config) {
    this.config = config;
    ordering = new AlloyOrdering(config);
    points = ordering.points();
    scan = new BinderScan(config.seed());
  }

  /** Number of tasks; chains of all sizes and temperatures. */
  public long tasks() {
    return (long) points.size() * config.sampling().chains();
  }

  /**
   * Makes all chains but those that are finished. Results depend neither on these nor on the number
   * of threads.
   *
   * @param threads at least 1
   * @param log keeps each chain
   * @param progress a step for each task
   * @param stop ends it between tasks
   */
  public void run(int threads, TaskLog log, Progress progress, StopSignal stop) {
    progress.step(log.finished());
    double[][][] chains = new double[points.size()][config.sampling().chains()][];
    // Large lattices take longest, so they begin.
    TaskPool.run(
        threads,
        tasks(),
        task -> {
          int point = points.size() - 1 - (int) (task / config.sampling().chains());
          int chain = (int) (task % config.sampling().chains());
          Optional<double[]> finished = log.result(task);
          chains[point][chain] = finished.orElseGet(() -> ordering.chain(points.get(point), chain));
          if (finished.isEmpty()) {
            log.add(task, chains[point][chain]);
            progress.step(1);
          }
        },
        stop);
    IntStream.range(0, points.size())
        .forEach(i -> scan.add(points.get(i).cells(), points.get(i).temperature(), chains[i]));
  }

  /**
   * Opens the log of finished chains ({@code csv}: file of the table that will be written; {@code
   * mode}: what to do with one that is there); is to be closed, and removed when the table is
   * there.
   */
  public TaskLog log(Path csv, OpenMode mode) {
    for (Path result : List.of(csv, picture(csv))) {
      SingleFile.requireFree(result, mode == OpenMode.OVERWRITE);
    }
    Path log = TaskLog.beside(csv);
    RunIdentity now = RunIdentity.of(Binder.resolve(config), ResolvedConfiguration::hash);
    Optional<String> begun = mode == OpenMode.RESUME ? TaskLog.line(log) : Optional.empty();
    if (begun.filter(now::asksAs).isPresent()) {
      now.requireSameFiles(begun.get(), log);
      return TaskLog.open(log, begun.get(), mode);
    }
    begun
        .flatMap(RunIdentity::configuration)
        .ifPresent(then -> EarlierConfiguration.requireSame(log, then, now.config()));
    return TaskLog.open(log, now.line(), mode);
  }

  private static String name(Path csv) {
    return String.valueOf(csv.getFileName()).replaceFirst("\\.csv$", "");
  }

  private static Path picture(Path csv) {
    return csv.resolveSibling(name(csv) + ".svg");
  }

  /** What was found; lines. */
  public List<String> lines() {
    return scan.lines(TEMPERATURE);
  }

  /**
   * Writes the table and the figure ({@code csv}: file of the table; the figure has the ending svg
   * instead; {@code overwrite}: whether existing files are replaced); the files.
   */
  public List<Path> write(Path csv, boolean overwrite) {
    Figure figure =
        scan.figure(
            name(csv), "B2 order of " + config.order() + " at sizes in cells", "temperature (K)");
    Path picture = picture(csv);
    SingleFile.writeText(csv, overwrite, scan.csv(TEMPERATURE));
    SingleFile.writeText(picture, overwrite, figure.svg());
    return List.of(csv, picture);
  }
}
