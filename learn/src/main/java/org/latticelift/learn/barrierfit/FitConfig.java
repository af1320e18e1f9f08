package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;

/** How a network is fitted to a table (CN-02 to CN-04). */
public record FitConfig(
    @Doc("widths of the hidden layers") @Range(min = 1, max = 4096) List<Integer> hidden,
    @Doc("rows to see, repeats counted") @Default("80000000") @Range(min = 1) long rows,
    @Doc("rows per step; of small tables at most a sixteenth of the rows")
        @Default("4096")
        @Range(min = 1, max = 1_000_000)
        int batch,
    @Doc("largest learning rate") @Default("3e-3") @Range(min = 0, minOpen = true)
        double learningRate,
    @Doc("fraction of the steps in which the learning rate rises")
        @Default("0.05")
        @Range(min = 0, max = 0.9)
        double warmUp,
    @Doc("fraction of the environments kept for the error report")
        @Default("0.02")
        @Range(min = 0, max = 0.9)
        double holdOut,
    @Doc("points of the learning curve") @Default("40") @Range(min = 1, max = 10_000)
        int curvePoints,
    @Doc("rows between checkpoints") @Default("5000000") @Range(min = 1) long checkpointRows) {
  private static final int LEAST_BATCHES = 16;

  /** Checks that there is a hidden layer. */
  public FitConfig {
    hidden = List.copyOf(hidden);
    if (hidden.isEmpty()) {
      throw new IllegalArgumentException("hidden needs at least one width");
    }
  }

  /** Rows per step of a table: so few that an epoch has many steps, whatever the table's size. */
  int batchOf(int trainingRows) {
    return Math.max(1, Math.min(batch, trainingRows / LEAST_BATCHES));
  }

  /** Steps in which all rows are seen. */
  long steps(int rowsPerStep) {
    return 1 + (rows - 1) / rowsPerStep;
  }
}
