package org.latticelift.learn.kernel;

/**
 * A dense layer as a tile's product reads it: outputs in groups of four; of each group first the
 * four biases, then four weights per input. Outputs beyond the last have weights and biases of
 * zero.
 *
 * @param inputs number of inputs
 * @param outputs number of outputs, a multiple of four
 * @param rectified whether the layer ends with max(0, y); NaN stays NaN, so that a divergence is
 *     seen
 * @param packed the numbers, 4 (inputs + 1) per group; not modified
 */
public record TileWeights(int inputs, int outputs, boolean rectified, float[] packed) {
  /** Outputs per group. */
  public static final int GROUP = 4;

  /** The next whole number of groups. */
  public static int padded(int outputs) {
    return (outputs + GROUP - 1) / GROUP * GROUP;
  }

  /** A layer from weights [inputs][outputs]; without biases where there are none. */
  static TileWeights of(int inputs, float[] weights, float[] bias) {
    int count = weights.length / inputs;
    int outputs = padded(count);
    float[] packed = new float[outputs * (inputs + 1)];
    for (int o = 0; o < count; o++) {
      for (int k = 0; k < inputs; k++) {
        packed[place(inputs, o) + GROUP * (k + 1)] = weights[k * count + o];
      }
    }
    return new TileWeights(inputs, outputs, false, packed).withBias(bias);
  }

  private static int place(int inputs, int output) {
    return output / GROUP * GROUP * (inputs + 1) + output % GROUP;
  }

  /** The same layer with each output, its bias too, times a factor. */
  TileWeights scaled(float[] factors) {
    float[] other = packed.clone();
    for (int o = 0; o < factors.length; o++) {
      for (int k = 0; k <= inputs; k++) {
        other[place(inputs, o) + GROUP * k] *= factors[o];
      }
    }
    return new TileWeights(inputs, outputs, rectified, other);
  }

  /** The bias of every output, padding too. */
  float[] bias() {
    float[] bias = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      bias[o] = packed[place(inputs, o)];
    }
    return bias;
  }

  TileWeights withRelu() {
    return new TileWeights(inputs, outputs, true, packed);
  }

  TileWeights withBias(float[] bias) {
    float[] other = packed.clone();
    for (int o = 0; o < bias.length; o++) {
      other[place(inputs, o)] = bias[o];
    }
    return new TileWeights(inputs, outputs, rectified, other);
  }
}
