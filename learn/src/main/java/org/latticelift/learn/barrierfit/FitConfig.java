package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * How a network is fitted to a table (CN-02 to CN-04).
 *
 * @param hidden widths of the hidden layers
 * @param rows rows to see, repeats counted
 * @param batch rows per step
 * @param learningRate largest learning rate
 * @param warmUp fraction of the steps in which the learning rate rises
 * @param beta1 decay of Adam's first moment
 * @param beta2 decay of Adam's second moment
 * @param holdOut fraction of the environments kept for the error report
 * @param curvePoints points of the learning curve
 * @param checkpointRows rows between checkpoints
 */
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
    @Doc("decay of Adam's first moment") @Default("0.9") @Range(min = 0, max = 1, maxOpen = true)
        double beta1,
    @Doc("decay of Adam's second moment") @Default("0.99") @Range(min = 0, max = 1, maxOpen = true)
        double beta2,
    @Doc("fraction of the environments kept for the error report")
        @Default("0.02")
        @Range(min = 0, max = 0.9)
        double holdOut,
    @Doc("points of the learning curve") @Default("40") @Range(min = 1, max = 10_000)
        int curvePoints,
    @Doc("rows between checkpoints") @Default("5000000") @Range(min = 1) long checkpointRows) {
  private static final int LEAST_BATCHES = 16;

  /**
   * Checks that there is a hidden layer.
   *
   * @param hidden widths of the hidden layers
   * @param rows rows to see, repeats counted
   * @param batch rows per step
   * @param learningRate largest learning rate
   * @param warmUp fraction of the steps in which the learning rate rises
   * @param beta1 decay of Adam's first moment
   * @param beta2 decay of Adam's second moment
   * @param holdOut fraction of the environments kept for the error report
   * @param curvePoints points of the learning curve
   * @param checkpointRows rows between checkpoints
   */
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
