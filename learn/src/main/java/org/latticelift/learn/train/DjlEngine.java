package org.latticelift.learn.train;

import ai.djl.Device;
import org.latticelift.learn.sde.SdeArchitecture;

/**
 * Gradients by automatic differentiation with DJL on PyTorch.
 *
 * @param device CPU or a GPU
 */
record DjlEngine(Device device) implements GradientEngine {
  @Override
  public String name() {
    return "djl pytorch " + TrainingDevice.engine().getVersion() + " " + device;
  }

  @Override
  public SdeObjective open(SdeArchitecture architecture, TrainingProblem problem) {
    GraphLoss loss = new GraphLoss(architecture, problem.covariance(), problem.noise());
    return new DjlObjective(device, loss, problem.training(), problem.validation());
  }
}
