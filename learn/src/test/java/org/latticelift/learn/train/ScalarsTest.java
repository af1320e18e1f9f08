package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.train.GraphLoss.Scalars;

/** Constants in a recorded graph survive a garbage collection before the backward pass. */
class ScalarsTest {
  @Test
  void gradientsAreRightAfterAGarbageCollection() {
    float[] ones = new float[64];
    Arrays.fill(ones, 1f);
    try (NDManager root = TrainingDevice.engine().newBaseManager(Device.cpu())) {
      NDArray leaf = root.create(ones, new Shape(ones.length));
      leaf.setRequiresGradient(true);
      for (int repeat = 0; repeat < 5; repeat++) {
        try (NDManager step = root.newSubManager();
            GradientTape tape = new GradientTape()) {
          NDArray x = step.create(ones, new Shape(ones.length)).mul(leaf);
          NDArray sum = x.sum();
          for (int constant = 2; constant < 20; constant++) {
            sum = sum.add(Scalars.times(x, constant).sum());
          }
          collect();
          tape.backward(sum);
        }
        try (NDArray gradient = leaf.getGradient()) {
          // 1 + 2 + ... + 19
          assertThat(gradient.toFloatArray()).containsOnly(190f);
          gradient.muli(0);
        }
      }
    }
  }

  /** Frees unreachable direct buffers and writes over the memory they had. */
  private static void collect() {
    System.gc();
    for (int i = 0; i < 2000; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(4 + i % 16);
      for (int k = 0; k < buffer.capacity(); k++) {
        buffer.put(k, (byte) 0x7f);
      }
    }
  }
}
