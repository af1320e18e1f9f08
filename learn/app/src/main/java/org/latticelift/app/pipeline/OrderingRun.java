package org.latticelift.app.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.experiment.BinderScan;
import org.latticelift.sim.systems.alloy.AlloyOrdering;
import org.latticelift.sim.systems.alloy.OrderingConfig;

/** Finds the ordering temperature of an effective Hamiltonian, command {@code ordering} (EX-42). */
public final class OrderingRun {
  private static final String TEMPERATURE = "temperature_K";

  private final OrderingConfig config;
  private final AlloyOrdering ordering;
  private final List<AlloyOrdering.Point> points;
  private final BinderScan scan;

  /**
   * Reads the Hamiltonian.
   *
   * @param config what is wanted
   */
  public OrderingRun(OrderingConfig config) {
    this.config = config;
    ordering = new AlloyOrdering(config);
    points = ordering.points();
    scan = new BinderScan(config.seed());
  }

  /**
   * Number of tasks.
   *
   * @return chains of all sizes and temperatures
   */
  public long tasks() {
    return (long) points.size() * config.chains();
  }

  /**
   * Makes all chains. Results do not depend on the number of threads.
   *
   * @param threads at least 1
   * @param progress a step for each task
   * @param stop ends it between tasks
   */
  public void run(int threads, Progress progress, StopSignal stop) {
    double[][][] chains = new double[points.size()][config.chains()][];
    // Large lattices take longest, so they begin.
    TaskPool.run(
        threads,
        tasks(),
        task -> {
          int point = points.size() - 1 - (int) (task / config.chains());
          int chain = (int) (task % config.chains());
          chains[point][chain] = ordering.chain(points.get(point), chain);
          progress.step(1);
        },
        stop);
    IntStream.range(0, points.size())
        .forEach(i -> scan.add(points.get(i).cells(), points.get(i).temperature(), chains[i]));
  }

  /**
   * What was found.
   *
   * @return lines
   */
  public List<String> lines() {
    return scan.lines(TEMPERATURE);
  }

  /**
   * Writes the table and the figure.
   *
   * @param csv file of the table; the figure has the ending svg instead
   * @param overwrite whether existing files are replaced
   * @return the files
   */
  public List<Path> write(Path csv, boolean overwrite) {
    String name = String.valueOf(csv.getFileName()).replaceFirst("\\.csv$", "");
    Figure figure =
        scan.figure(
            name, "B2 order of " + config.order() + " at sizes in cells", "temperature (K)");
    Path picture = csv.resolveSibling(name + ".svg");
    SingleFile.write(
        csv,
        overwrite,
        beside -> Files.writeString(beside, scan.csv(TEMPERATURE), StandardCharsets.UTF_8));
    SingleFile.write(
        picture,
        overwrite,
        beside -> Files.writeString(beside, figure.svg(), StandardCharsets.UTF_8));
    return List.of(csv, picture);
  }
}
