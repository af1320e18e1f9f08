package org.latticelift.learn.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.train.GradientTape;
import org.latticelift.learn.train.TrainingDevice;

class ConvolutionDecoderTest {
  /** Stride 2, padding 1, output padding 1 (IS-41): out[2 i - 1 + k] gets x[i] w[k], k turned. */
  @Test
  void aLayerIsATransposedConvolution() {
    ConvolutionDecoder decoder = new ConvolutionDecoder(1, 1, 6);
    float[] flat = new float[Autoencoder.count(decoder.parameters())];
    int features = 128 * 9;
    flat[7 * 9 + 4] = 1; // channel 7 of the middle site is the input
    int kernel = 2 * features + 9 * 7; // behind weights and offsets, that of channel 7
    for (int k = 0; k < 9; k++) {
      flat[kernel + k] = k;
    }
    flat[flat.length - 1] = 100; // the offset of the output
    try (NDManager root = TrainingDevice.engine().newBaseManager(Device.cpu())) {
      GradientTape.off();
      BoundParameters arrays =
          new BoundParameters(root, decoder.parameters(), root.create(flat), Map.of(), false);
      float[] out =
          decoder.apply(root.create(new float[] {2}, new Shape(1, 1)), arrays).toFloatArray();
      for (int i = 0; i < 36; i++) {
        int row = 3 - i / 6;
        int column = 3 - i % 6;
        boolean reached = row >= 0 && row < 3 && column >= 0 && column < 3;
        assertThat(out[i]).isEqualTo(reached ? 100 + 2 * (3 * row + column) : 100, within(1e-4f));
      }
    }
  }

  /** PT-30: 2, 3, 4, 4, 5 transposed convolutions. */
  @Test
  void deepensWithTheSide() {
    int[][] expected = {{16, 2}, {32, 3}, {48, 4}, {64, 4}, {128, 5}};
    for (int[] each : expected) {
      long layers =
          new ConvolutionDecoder(4, 1, each[0])
              .parameters().stream()
                  .filter(array -> array.name().matches("decoder/transposed.*/W"))
                  .count();
      assertThat(layers).isEqualTo(each[1]);
    }
  }
}
