package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoder of square states (IS-41): a linear layer, then transposed convolutions that double the
 * side, four of them for a side of 64. The engine has no transposed convolution, so it is written
 * as a convolution. The output has no last sigmoid: the loss has it.
 *
 * @param inputs observables and closure variables
 * @param channels of the state
 * @param side of the state, even
 */
record ConvolutionDecoder(int inputs, int channels, int side) implements Network {
  private static final int WIDEST = 128;
  private static final int NARROWEST = 16;
  private static final int SMALLEST_MAP = 3;
  private static final double SPREAD = 0.02;
  private static final float SLOPE = 0.2f;
  private static final float[] TAPS = taps();

  /** From a map of 4 x 4, or 3 x 3 where the side is a multiple of 3 (PT-30). */
  private int doublings() {
    int doublings = 0;
    while (side % (2 << doublings) == 0 && side >> (doublings + 1) >= SMALLEST_MAP) {
      doublings++;
    }
    return doublings;
  }

  private int base() {
    return side >> doublings();
  }

  private int width(int layer) {
    return layer == doublings() ? channels : Math.max(NARROWEST, WIDEST >> layer);
  }

  private int features() {
    return width(0) * base() * base();
  }

  @Override
  public List<ParameterArray> parameters() {
    List<ParameterArray> all = new ArrayList<>();
    all.add(
        new ParameterArray(
            "decoder/linear/W",
            new long[] {features(), inputs},
            ParameterArray.Start.NORMAL,
            SPREAD));
    all.add(
        new ParameterArray(
            "decoder/linear/b", new long[] {features()}, ParameterArray.Start.ZERO, 0));
    for (int layer = 0; layer < doublings(); layer++) {
      long[] shape = {width(layer + 1), width(layer), 3, 3};
      all.add(new ParameterArray(name(layer) + "/W", shape, ParameterArray.Start.NORMAL, SPREAD));
      all.add(ParameterArray.offset(name(layer) + "/b", width(layer + 1), width(layer + 1) * 9));
      if (layer + 1 < doublings()) {
        all.addAll(normalisation(layer).parameters());
      }
    }
    return all;
  }

  private static String name(int layer) {
    return "decoder/transposed" + layer;
  }

  private Normalisation normalisation(int layer) {
    return new Normalisation("decoder/norm" + layer, width(layer + 1));
  }

  @Override
  public List<Normalisation> normalisations() {
    List<Normalisation> all = new ArrayList<>();
    for (int layer = 0; layer + 1 < doublings(); layer++) {
      all.add(normalisation(layer));
    }
    return all;
  }

  @Override
  public NDArray apply(NDArray input, BoundParameters arrays) {
    long rows = input.getShape().get(0);
    NDArray linear =
        input.matMul(arrays.turned("decoder/linear/W")).add(arrays.get("decoder/linear/b"));
    NDArray x =
        Activation.leakyRelu(linear, SLOPE).reshape(new Shape(rows, width(0), base(), base()));
    for (int layer = 0; layer < doublings(); layer++) {
      x = doubled(x, arrays.get(name(layer) + "/W"), arrays.get(name(layer) + "/b"));
      if (layer + 1 < doublings()) {
        x = Activation.leakyRelu(normalisation(layer).apply(x, arrays), SLOPE);
      }
    }
    return x.reshape(new Shape(rows, (long) channels * side * side));
  }

  /**
   * The transposed convolution. Sites of the new map come in four kinds, by even or odd row and
   * column; each sees one or two sites of the old map along each axis. So it is one convolution
   * with windows of 2 x 2 and four times the channels, whose maps are then interleaved: 16
   * multiply-adds for each site of the old map and each pair of channels, where zeros between those
   * sites would make them 36.
   */
  private static NDArray doubled(NDArray x, NDArray weights, NDArray offset) {
    Shape shape = x.getShape();
    long rows = shape.get(2);
    long columns = shape.get(3);
    long outputs = weights.getShape().get(0);
    long kept = weights.getShape().get(1);
    NDArray kinds =
        weights
            .reshape(new Shape(outputs * kept, 9))
            .matMul(weights.getManager().create(TAPS, new Shape(9, 16)))
            .reshape(new Shape(outputs, kept, 4, 4))
            .transpose(0, 2, 1, 3)
            .reshape(new Shape(outputs * 4, kept, 2, 2));
    NDArray offsets =
        offset
            .reshape(new Shape(outputs, 1))
            .broadcast(new Shape(outputs, 4))
            .reshape(new Shape(outputs * 4));
    NDArray maps =
        Conv2d.conv2d(x, kinds, offsets, new Shape(1, 1), new Shape(1, 1)).singletonOrThrow();
    return maps.get(new NDIndex(":, :, 1:, 1:"))
        .reshape(new Shape(shape.get(0), outputs, 2, 2, rows, columns))
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(new Shape(shape.get(0), outputs, 2 * rows, 2 * columns));
  }

  /**
   * Which of the 9 weights stands where in the windows [2,2] of the 4 kinds, [9, 4, 2, 2]. Along an
   * axis an even site has weight 1 at its own old site, an odd one weight 0 there and 2 at the
   * next.
   */
  private static float[] taps() {
    int[][] along = {{1, -1}, {0, 2}};
    float[] taps = new float[9 * 16];
    for (int i = 0; i < 16; i++) {
      int row = along[i >> 3][i >> 1 & 1];
      int column = along[i >> 2 & 1][i & 1];
      if (row >= 0 && column >= 0) {
        taps[(3 * row + column) * 16 + i] = 1;
      }
    }
    return taps;
  }
}
