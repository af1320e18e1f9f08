package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.Noise;

/** The loss of a batch on PyTorch, differentiable, in the data type of the parameters. */
final class GraphLoss {
  private final SdeGraph graph;
  private final GaussianLoss loss;
  private final Noise noise;

  GraphLoss(SdeArchitecture architecture, LossCovariance form, Noise noise) {
    this.graph = new SdeGraph(architecture);
    this.loss = new GaussianLoss(form);
    this.noise = noise;
  }

  /** Sum over the batch; everything created belongs to the manager. */
  NDArray sum(NDManager step, NDArray flat, DevicePairs batch) {
    SdeGraph.StepNetwork bound = graph.bind(step, flat);
    SdeGraph.Output out = bound.forward(batch.state(), batch.condition());
    NDArray residual = batch.increment().sub(out.drift().mul(batch.duration()));
    return noise.column()
        ? split(residual, out.sigma(), batch)
        : loss.sum(residual, out.sigma(), batch.duration());
  }

  /**
   * The diffusion learns from the noise and the drift from the residual alone. The value is the
   * loss of the noise, for twins with the square of the residual, as they know no drift.
   */
  private NDArray split(NDArray residual, NDArray sigma, DevicePairs batch) {
    if (noise == Noise.TWINS) {
      NDArray ofTwins = loss.sum(batch.noise(), sigma, batch.duration());
      return ofTwins.add(loss.weighed(residual, batch.duration()));
    }
    NDArray known = residual.stopGradient();
    NDArray ofNoise = loss.sum(batch.noise().add(known), sigma, batch.duration());
    NDArray fixed = sigma.stopGradient();
    NDArray ofDrift = loss.sum(residual, fixed, batch.duration());
    NDArray constant = loss.sum(known, fixed, batch.duration());
    return ofNoise.add(ofDrift).sub(constant);
  }
}
