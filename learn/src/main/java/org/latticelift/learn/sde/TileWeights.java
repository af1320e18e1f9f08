package org.latticelift.learn.sde;

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

  static TileWeights of(Matrix weight, float[] bias) {
    int inputs = weight.columns();
    int outputs = padded(weight.rows());
    float[] packed = new float[outputs * (inputs + 1)];
    for (int o = 0; o < weight.rows(); o++) {
      int at = o / GROUP * GROUP * (inputs + 1) + o % GROUP;
      packed[at] = bias.length == 0 ? 0 : bias[o];
      for (int k = 0; k < inputs; k++) {
        packed[at + GROUP * (k + 1)] = weight.get(o, k);
      }
    }
    return new TileWeights(inputs, outputs, false, packed);
  }

  TileWeights withRelu() {
    return new TileWeights(inputs, outputs, true, packed);
  }

  /** The same layer with other biases. */
  TileWeights withBias(float[] bias) {
    float[] other = packed.clone();
    for (int o = 0; o < bias.length; o++) {
      other[o / GROUP * GROUP * (inputs + 1) + o % GROUP] = bias[o];
    }
    return new TileWeights(inputs, outputs, rectified, other);
  }

  /** A layer without bias. */
  static TileWeights of(Matrix weight) {
    return of(weight, new float[0]);
  }

  /** Hands out the rows of a tile while its networks are laid out. */
  static final class TileRows {
    private int used;

    /**
     * The same rows taken, for a part whose rows beyond those are free again when it is done: parts
     * that run one after the other use the same rows, which keeps a tile small.
     */
    TileRows copy() {
      TileRows copy = new TileRows();
      copy.used = used;
      return copy;
    }

    /** Room for the padded outputs of a layer. */
    int take(int outputs) {
      int first = used;
      used += TileWeights.padded(outputs);
      return first;
    }

    int used() {
      return used;
    }
  }
}
