package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Records operations of this thread for automatic differentiation while open. The engine's own
 * collector allows one recording per process; this one allows one per thread, so that several
 * models train side by side.
 */
public final class GradientTape implements AutoCloseable {
  /** Starts to record. */
  public GradientTape() {
    JniUtils.setGradMode(true);
  }

  /** Operations of this thread are not recorded from here on, which allows updates in place. */
  public static void off() {
    JniUtils.setGradMode(false);
  }

  /** Accumulates d loss / d leaf into every leaf that requires a gradient. */
  public void backward(NDArray loss) {
    try (NDArray one = loss.onesLike()) {
      JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
    }
  }

  @Override
  public void close() {
    off();
  }
}
