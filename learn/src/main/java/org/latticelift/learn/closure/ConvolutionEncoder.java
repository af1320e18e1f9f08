package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * Encoder of square patches (IS-40): blocks of convolution, normalisation, leaky ReLU and pooling,
 * then a linear layer.
 *
 * @param channels of a patch
 * @param side of a patch
 * @param outputs closure variables
 */
record ConvolutionEncoder(int channels, int side, int outputs) implements Network {
  private static final int[] WIDTHS = {32, 64, 128};
  private static final int KERNEL = 3;
  private static final double SPREAD = 0.02;
  private static final float SLOPE = 0.2f;
  private static final Shape PAIR = new Shape(2, 2);
  private static final Shape NO_PADDING = new Shape(0, 0);

  /** Two for a side of 8, three from 16 on: feature maps are not smaller than 2. */
  int blocks() {
    int halvings = 31 - Integer.numberOfLeadingZeros(side);
    return Math.max(1, Math.min(WIDTHS.length, halvings - 1));
  }

  private int features() {
    int map = side >> blocks();
    return WIDTHS[blocks() - 1] * map * map;
  }

  @Override
  public List<ParameterArray> parameters() {
    List<ParameterArray> all = new ArrayList<>();
    int inputs = channels;
    for (int block = 0; block < blocks(); block++) {
      all.addAll(convolution("encoder/block" + block, WIDTHS[block], inputs));
      all.addAll(normalisation(block).parameters());
      inputs = WIDTHS[block];
    }
    all.add(
        new ParameterArray(
            "encoder/linear/W",
            new long[] {outputs, features()},
            ParameterArray.Start.NORMAL,
            SPREAD));
    all.add(
        new ParameterArray("encoder/linear/b", new long[] {outputs}, ParameterArray.Start.ZERO, 0));
    return all;
  }

  /** Weights and offsets of a 3 x 3 convolution (IS-42). */
  static List<ParameterArray> convolution(String name, int outputs, int inputs) {
    return List.of(
        new ParameterArray(
            name + "/W",
            new long[] {outputs, inputs, KERNEL, KERNEL},
            ParameterArray.Start.NORMAL,
            SPREAD),
        ParameterArray.offset(name + "/b", outputs, inputs * KERNEL * KERNEL));
  }

  private Normalisation normalisation(int block) {
    return new Normalisation("encoder/norm" + block, WIDTHS[block]);
  }

  @Override
  public List<Normalisation> normalisations() {
    List<Normalisation> all = new ArrayList<>();
    for (int block = 0; block < blocks(); block++) {
      all.add(normalisation(block));
    }
    return all;
  }

  @Override
  public NDArray apply(NDArray input, BoundParameters arrays) {
    long rows = input.getShape().get(0);
    NDArray x = input.reshape(new Shape(rows, channels, side, side));
    for (int block = 0; block < blocks(); block++) {
      String name = "encoder/block" + block;
      NDArray weights = arrays.get(name + "/W");
      x = normalisation(block).ofConvolution(x, weights, arrays.get(name + "/b"), arrays);
      // A leaky ReLU keeps the order of numbers: after pooling it has a quarter to do.
      x = Activation.leakyRelu(pooled(x, arrays.training()), SLOPE);
    }
    NDArray flat = x.reshape(new Shape(rows, features()));
    return flat.matMul(arrays.turned("encoder/linear/W")).add(arrays.get("encoder/linear/b"));
  }

  /**
   * Maxima over 2 x 2 sites. In evaluation first of pairs of rows, then of pairs of columns, which
   * the engine does several times faster than its own pooling; gradients would cost more.
   */
  private static NDArray pooled(NDArray x, boolean training) {
    Shape shape = x.getShape();
    long maps = shape.get(0) * shape.get(1);
    long rows = shape.get(2);
    long columns = shape.get(3);
    if (training || rows % 2 != 0 || columns % 2 != 0) {
      return Pool.maxPool2d(x, PAIR, PAIR, NO_PADDING, false);
    }
    NDArray half = larger(x.reshape(new Shape(maps * rows / 2, 2, columns)));
    return larger(half.reshape(new Shape(maps * rows / 2 * columns / 2, 2)))
        .reshape(new Shape(shape.get(0), shape.get(1), rows / 2, columns / 2));
  }

  /** Along the second axis, which has a length of 2. */
  private static NDArray larger(NDArray x) {
    NDList both = x.split(2, 1);
    return both.get(0).maximum(both.get(1));
  }
}
