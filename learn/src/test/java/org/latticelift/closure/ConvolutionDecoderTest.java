package org.latticelift.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.training.GradientTape;
import org.latticelift.training.TrainingDevice;

class ConvolutionDecoderTest {
  /** Stride 2, padding 1, output padding 1 (IS-41): out[2 i - 1 + k] gets x[i] w[k], k turned. */
  @Test
  void aLayerIsATransposedConvolution() {
    ConvolutionDecoder decoder = new ConvolutionDecoder(1, 1, 2);
    float[] flat = new float[Autoencoder.count(decoder.parameters())];
    int features = 128; // side 1
    for (int i = 0; i < features; i++) {
      flat[i] = i == 7 ? 1 : 0; // weights of the linear layer: channel 7 is the input
    }
    int kernel = 2 * features + 9 * 7; // behind weights and offsets, that of channel 7
    for (int k = 0; k < 9; k++) {
      flat[kernel + k] = k + 1;
    }
    flat[flat.length - 1] = 100; // the offset of the output
    try (NDManager root = TrainingDevice.engine().newBaseManager(Device.cpu())) {
      GradientTape.off();
      Bound arrays = new Bound(root, decoder.parameters(), root.create(flat), Map.of(), false);
      float[] out =
          decoder.apply(root.create(new float[] {2}, new Shape(1, 1)), arrays).toFloatArray();
      // the site reaches rows and columns 0 and 1 with the kernel's middle and what is before it
      assertThat(out).containsExactly(new float[] {110, 108, 104, 102}, within(1e-4f));
    }
  }
}
