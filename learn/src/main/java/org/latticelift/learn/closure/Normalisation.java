package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;

/**
 * Batch normalisation over all but the second axis (IS-42, IS-44): of the batch while training, of
 * the running statistics afterwards (ME-11).
 *
 * @param name path below {@code /weights} and {@code /statistics}
 * @param channels length of the second axis
 */
record Normalisation(String name, int channels) {
  private static final float EPSILON = 1e-5f;

  /** What is kept of the running statistics at a step; PyTorch calls 0.1 the momentum. */
  private static final float KEPT = 0.9f;

  private static final double SPREAD = 0.02;

  private static final Shape ONE = new Shape(1, 1);

  /** The axis that the engine takes as it is. */
  private static final int ENGINE_AXIS = -1;

  List<ParameterArray> parameters() {
    long[] shape = {channels};
    return List.of(
        new ParameterArray(name + "/W", shape, ParameterArray.Start.NORMAL_AROUND_ONE, SPREAD),
        new ParameterArray(name + "/b", shape, ParameterArray.Start.ZERO, 0));
  }

  String mean() {
    return name + "/mean";
  }

  String variance() {
    return name + "/variance";
  }

  /**
   * The normalised result of a 3 x 3 convolution that keeps the map. In evaluation the convolution
   * does both, with scaled weights.
   */
  NDArray ofConvolution(NDArray input, NDArray weights, NDArray offset, BoundParameters arrays) {
    if (arrays.training()) {
      return apply(convolution(input, weights, offset), arrays);
    }
    NDArray scaled =
        arrays.derived(
            name + "/scaled",
            () -> weights.mul(scale(arrays).reshape(new Shape(channels, 1, 1, 1))));
    NDArray shifted =
        arrays.derived(
            name + "/shifted",
            () -> {
              NDArray centred = offset.sub(arrays.statistic(mean()));
              return centred.mul(scale(arrays)).add(arrays.get(name + "/b"));
            });
    return convolution(input, scaled, shifted);
  }

  /** By what the normalisation multiplies each channel in evaluation. */
  private NDArray scale(BoundParameters arrays) {
    return arrays.get(name + "/W").div(arrays.statistic(variance()).add(EPSILON).sqrt());
  }

  private static NDArray convolution(NDArray input, NDArray weights, NDArray offset) {
    return Conv2d.conv2d(input, weights, offset, ONE, ONE).singletonOrThrow();
  }

  NDArray apply(NDArray input, BoundParameters arrays) {
    return BatchNorm.batchNorm(
            input,
            arrays.statistic(mean()),
            arrays.statistic(variance()),
            arrays.get(name + "/W"),
            arrays.get(name + "/b"),
            ENGINE_AXIS,
            KEPT,
            EPSILON,
            arrays.training())
        .singletonOrThrow();
  }
}
