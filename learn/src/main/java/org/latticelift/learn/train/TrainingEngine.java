package org.latticelift.learn.train;

import org.latticelift.io.error.LatticeLiftException;

/**
 * Which engine computes the gradients. Engines round differently, so the engine is part of what
 * makes a result.
 */
public enum TrainingEngine {
  /** {@link #JAVA} on the CPU, the faster one there; {@link #DJL} on a GPU. */
  AUTO,
  /** Hand-written passes in Java; CPU only; equal bits on every machine. */
  JAVA,
  /** Automatic differentiation with DJL on PyTorch; equal bits for the same CPU and version. */
  DJL;

  /**
   * The engine for a device.
   *
   * @param device wanted device; where this is {@link #AUTO} a GPU must be asked for by name
   * @throws LatticeLiftException (65) if the engine cannot use the device, (69) if it cannot start
   */
  GradientEngine resolve(TrainingDevice device) {
    check(device);
    return java(device) ? new FusedEngine() : new DjlEngine(device.resolve());
  }

  private boolean java(TrainingDevice device) {
    return this == JAVA || this == AUTO && device != TrainingDevice.GPU;
  }

  /** Fetches what the engine needs. */
  void prepare(TrainingDevice device) {
    if (!java(device)) {
      EngineLibrary.require();
    }
  }

  /** Rough time of one pair in one epoch, for plans. */
  double secondsPerPair(TrainingDevice device) {
    return java(device) ? 2e-6 : 6e-6;
  }

  /** Finds a wrong combination before anything runs. */
  void check(TrainingDevice device) {
    if (this == JAVA && device == TrainingDevice.GPU) {
      throw LatticeLiftException.badData(
          "The training engine java does not run on a GPU",
          "train.engine",
          "java needs train.device cpu or auto",
          "Set train.engine to auto or djl, or train.device to cpu");
    }
  }
}
