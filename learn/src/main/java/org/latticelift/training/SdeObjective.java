package org.latticelift.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.latticelift.sde.SdeArchitecture;

/** The loss of a batch as a function of the flat parameters (ME-29, ME-36). */
final class SdeObjective {
  private static final int EVALUATION_BATCH = 4096;

  private final SdeGraph graph;
  private final GaussianLoss loss;

  SdeObjective(SdeArchitecture architecture, TrainSettings settings) {
    this.graph = new SdeGraph(architecture);
    this.loss = new GaussianLoss(settings.kappa(), settings.epsilon());
  }

  /** Sum over the batch; everything created belongs to the manager. */
  NDArray sum(NDManager step, NDArray flat, Batch batch) {
    NDArray z = batch.matrix(step, batch.state());
    NDArray dt = batch.matrix(step, batch.duration());
    NDArray condition = batch.matrix(step, batch.condition());
    SdeGraph.Output out = graph.bind(step, flat).forward(z, condition);
    NDArray residual = batch.matrix(step, batch.increment()).sub(out.drift().mul(dt));
    return loss.sum(residual, out.sigma(), dt);
  }

  /** Mean over all pairs without gradient. */
  double mean(NDManager root, NDArray flat, ScaledPairs pairs) {
    double sum = 0;
    for (int from = 0; from < pairs.count(); from += EVALUATION_BATCH) {
      int to = Math.min(pairs.count(), from + EVALUATION_BATCH);
      try (NDManager step = root.newSubManager()) {
        sum += sum(step, flat, Batch.of(pairs, null, from, to)).getFloat();
      }
    }
    return sum / pairs.count();
  }
}
