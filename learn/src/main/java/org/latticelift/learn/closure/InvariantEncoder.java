package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import java.util.ArrayList;
import java.util.List;

/**
 * An encoder that does not change when a patch, closed on itself, is shifted: convolutions around
 * the ring or torus, then the mean over sites, then a linear layer. Not in the paper. A line is a
 * torus of one row.
 *
 * @param channels of a patch
 * @param rows of a patch, 1 for a line
 * @param columns of a patch
 * @param outputs closure variables
 */
record InvariantEncoder(int channels, int rows, int columns, int outputs) implements Network {
  private static final int[] WIDTHS = {16, 32, 32};

  /** Weights of the order of one: there is no normalisation that would undo small ones. */
  @Override
  public List<ParameterArray> parameters() {
    List<ParameterArray> all = new ArrayList<>();
    int inputs = channels;
    for (int layer = 0; layer < WIDTHS.length; layer++) {
      int fan = inputs * height() * 3;
      all.add(
          new ParameterArray(
              name(layer) + "/W",
              new long[] {WIDTHS[layer], inputs, height(), 3},
              ParameterArray.Start.UNIFORM,
              Math.sqrt(6.0 / fan)));
      all.add(ParameterArray.offset(name(layer) + "/b", WIDTHS[layer], fan));
      inputs = WIDTHS[layer];
    }
    all.add(ParameterArray.glorot("encoder/linear/W", outputs, inputs));
    all.add(ParameterArray.offset("encoder/linear/b", outputs, inputs));
    return all;
  }

  private static String name(int layer) {
    return "encoder/ring" + layer;
  }

  private int height() {
    return rows == 1 ? 1 : 3;
  }

  @Override
  public NDArray apply(NDArray input, BoundParameters arrays) {
    long batch = input.getShape().get(0);
    NDArray x = input.reshape(new Shape(batch, channels, rows, columns));
    for (int layer = 0; layer < WIDTHS.length; layer++) {
      NDArray closed = wrap(rows == 1 ? x : wrap(x, 2), 3);
      NDArray weight = arrays.get(name(layer) + "/W");
      NDArray bias = arrays.get(name(layer) + "/b");
      x = Activation.relu(Conv2d.conv2d(closed, weight, bias).singletonOrThrow());
    }
    NDArray mean = x.reshape(new Shape(batch, WIDTHS[WIDTHS.length - 1], -1)).mean(new int[] {2});
    return mean.matMul(arrays.turned("encoder/linear/W")).add(arrays.get("encoder/linear/b"));
  }

  /** Puts the last slice of an axis before the first, and the first behind the last. */
  private static NDArray wrap(NDArray x, int axis) {
    long length = x.getShape().get(axis);
    NDList parts = new NDList(slice(x, axis, length - 1), x, slice(x, axis, 0));
    return NDArrays.concat(parts, axis);
  }

  private static NDArray slice(NDArray x, int axis, long at) {
    NDIndex index = new NDIndex();
    for (int i = 0; i < axis; i++) {
      index.addAllDim();
    }
    return x.get(index.addSliceDim(at, at + 1));
  }
}
