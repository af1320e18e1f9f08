package org.latticelift.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
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
  public NDArray apply(NDArray input, Bound arrays) {
    long rows = input.getShape().get(0);
    NDArray x = input.reshape(new Shape(rows, channels, side, side));
    for (int block = 0; block < blocks(); block++) {
      String name = "encoder/block" + block;
      x =
          Conv2d.conv2d(
                  x,
                  arrays.get(name + "/W"),
                  arrays.get(name + "/b"),
                  new Shape(1, 1),
                  new Shape(1, 1))
              .singletonOrThrow();
      x = Activation.leakyRelu(normalisation(block).apply(x, arrays), SLOPE);
      x = Pool.maxPool2d(x, PAIR, PAIR, new Shape(0, 0), false);
    }
    NDArray flat = x.reshape(new Shape(rows, features()));
    return flat.matMul(arrays.get("encoder/linear/W").transpose())
        .add(arrays.get("encoder/linear/b"));
  }
}
