package org.latticelift.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoder of square states (IS-41): a linear layer, then transposed convolutions that double the
 * side, four of them for a side of 64. A transposed convolution is written as what it equals, a
 * convolution of the map with zeros between its sites. The output has no last sigmoid: the loss has
 * it.
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
  public NDArray apply(NDArray input, Bound arrays) {
    long rows = input.getShape().get(0);
    NDArray linear =
        input
            .matMul(arrays.get("decoder/linear/W").transpose())
            .add(arrays.get("decoder/linear/b"));
    NDArray x =
        Activation.leakyRelu(linear, SLOPE).reshape(new Shape(rows, width(0), base(), base()));
    for (int layer = 0; layer < doublings(); layer++) {
      x =
          Conv2d.conv2d(
                  spread(x),
                  arrays.get(name(layer) + "/W"),
                  arrays.get(name(layer) + "/b"),
                  new Shape(1, 1),
                  new Shape(1, 1))
              .singletonOrThrow();
      if (layer + 1 < doublings()) {
        x = Activation.leakyRelu(normalisation(layer).apply(x, arrays), SLOPE);
      }
    }
    return x.reshape(new Shape(rows, (long) channels * side * side));
  }

  /** Twice the rows and columns, the new ones zero. */
  private static NDArray spread(NDArray x) {
    Shape shape = x.getShape();
    long rows = shape.get(2);
    long columns = shape.get(3);
    NDArray wide =
        withZeros(x.reshape(new Shape(shape.get(0), shape.get(1), rows, columns, 1)), 4)
            .reshape(new Shape(shape.get(0), shape.get(1), rows, 1, 2 * columns));
    return withZeros(wide, 3).reshape(new Shape(shape.get(0), shape.get(1), 2 * rows, 2 * columns));
  }

  private static NDArray withZeros(NDArray x, int axis) {
    return x.concat(x.getManager().zeros(x.getShape()), axis);
  }
}
