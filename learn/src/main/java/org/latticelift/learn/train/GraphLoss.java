package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.latticelift.learn.sde.SdeArchitecture;

/** The loss of a batch on PyTorch, differentiable, in the data type of the parameters. */
final class GraphLoss {
  private final SdeGraph graph;
  private final GaussianLoss loss;

  GraphLoss(SdeArchitecture architecture, TrainSettings settings) {
    this.graph = new SdeGraph(architecture);
    this.loss = new GaussianLoss(settings.kappa(), settings.epsilon());
  }

  /** Sum over the batch; everything created belongs to the manager. */
  NDArray sum(NDManager step, NDArray flat, DevicePairs batch) {
    SdeGraph.Output out = graph.bind(step, flat).forward(batch.state(), batch.condition());
    NDArray residual = batch.increment().sub(out.drift().mul(batch.duration()));
    return loss.sum(residual, out.sigma(), batch.duration());
  }
}
