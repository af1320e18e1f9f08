package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.gradient.Fitted;
import org.latticelift.learn.train.gradient.LossCovariance;

/** The loss of a batch on PyTorch, differentiable, in the data type of the parameters. */
final class GraphLoss {
  private final SdeGraph graph;
  private final GaussianLoss loss;
  private final Fitted fitted;

  GraphLoss(SdeArchitecture architecture, LossCovariance form, Fitted fitted) {
    this.graph = new SdeGraph(architecture);
    this.loss = new GaussianLoss(form);
    this.fitted = fitted;
  }

  /** Sum over the batch; everything created belongs to the manager. */
  NDArray sum(NDManager step, NDArray flat, DevicePairs batch) {
    SdeGraph.Bound bound = graph.bind(step, flat);
    if (!fitted.drift()) {
      NDArray sigma = bound.diffusion(batch.state(), batch.condition());
      return loss.sum(batch.increment(), sigma, batch.duration());
    }
    SdeGraph.Output out = bound.forward(batch.state(), batch.condition());
    NDArray residual = batch.increment().sub(out.drift().mul(batch.duration()));
    return loss.sum(residual, out.sigma(), batch.duration());
  }
}
