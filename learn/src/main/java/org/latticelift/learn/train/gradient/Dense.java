package org.latticelift.learn.train.gradient;

import java.util.ArrayList;
import java.util.List;

/**
 * A dense layer y = W x + b on blocks, with everything that forward and backward passes need: the
 * product with W, with its transpose, and the gradients of W and b. {@link #pack} lays the weights
 * out for both products once per step; {@link #unpack} writes the gradients back.
 *
 * <p>W may consist of several arrays side by side, one per part of the input; b may be the sum of
 * several.
 */
final class Dense<A> {
  private static final int TILE = 8;

  private final BlockArithmetic<A> arithmetic;
  private final int inputs;
  private final int outputs;
  private final int inputWidth;
  private final int outputWidth;
  private final List<Part> parts = new ArrayList<>();
  private final List<Integer> biases = new ArrayList<>();
  private final A forward;
  private final A backward;
  private final A bias;
  private final A biasGradient;
  private final A gradient;
  private final boolean outputsAcross;

  /** Weights [outputs, inputs] at an index of the flat vector, for inputs from the first on. */
  private record Part(int at, int first, int inputs) {}

  private Dense(BlockArithmetic<A> arithmetic, int inputs, int outputs) {
    this.arithmetic = arithmetic;
    this.inputs = inputs;
    this.outputs = outputs;
    this.inputWidth = Widths.padded(inputs);
    this.outputWidth = Widths.padded(outputs);
    this.forward = arithmetic.allocate(inputs * outputWidth);
    this.backward = arithmetic.allocate(outputs * inputWidth);
    this.bias = arithmetic.allocate(outputWidth);
    this.biasGradient = arithmetic.allocate(outputWidth);
    int across = tiles(inputs) * outputWidth;
    int down = tiles(outputs) * inputWidth;
    this.outputsAcross = across < down;
    this.gradient = arithmetic.allocate(Math.min(across, down));
  }

  private static int tiles(int n) {
    return (n + TILE - 1) / TILE * TILE;
  }

  /**
   * A layer of named arrays.
   *
   * @param weights names of arrays [outputs, inputs], side by side
   * @param biases names of arrays [outputs], added
   */
  static <A> Dense<A> of(
      BlockArithmetic<A> arithmetic, ParameterMap map, List<String> weights, List<String> biases) {
    int inputs = 0;
    for (String name : weights) {
      inputs += map.length(name, 1);
    }
    int outputs = map.length(weights.isEmpty() ? biases.get(0) : weights.get(0), 0);
    Dense<A> layer = new Dense<>(arithmetic, inputs, outputs);
    int first = 0;
    for (String name : weights) {
      layer.parts.add(new Part(map.start(name), first, map.length(name, 1)));
      first += map.length(name, 1);
    }
    biases.forEach(name -> layer.biases.add(map.start(name)));
    return layer;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  /** Multiply-adds of one product with W for one sample. */
  long size() {
    return (long) inputs * outputs;
  }

  void pack(A flat) {
    for (Part part : parts) {
      for (int i = 0; i < part.inputs; i++) {
        int to = (part.first + i) * outputWidth;
        arithmetic.copy(flat, part.at + i, part.inputs, forward, to, 1, outputs);
      }
      for (int o = 0; o < outputs; o++) {
        int to = o * inputWidth + part.first;
        arithmetic.copy(flat, part.at + o * part.inputs, 1, backward, to, 1, part.inputs);
      }
    }
    arithmetic.fill(bias, 0, outputs, 0);
    for (int at : biases) {
      arithmetic.add(outputs, flat, at, bias, 0);
    }
    arithmetic.fill(gradient, 0, length(), 0);
    arithmetic.fill(biasGradient, 0, outputWidth, 0);
  }

  private int length() {
    return outputsAcross ? tiles(inputs) * outputWidth : tiles(outputs) * inputWidth;
  }

  /** Writes the gradients that were accumulated since {@link #pack}. */
  void unpack(A flat) {
    for (Part part : parts) {
      for (int o = 0; o < outputs; o++) {
        int to = part.at + o * part.inputs;
        if (outputsAcross) {
          int from = part.first * outputWidth + o;
          arithmetic.copy(gradient, from, outputWidth, flat, to, 1, part.inputs);
        } else {
          int from = o * inputWidth + part.first;
          arithmetic.copy(gradient, from, 1, flat, to, 1, part.inputs);
        }
      }
    }
    for (int at : biases) {
      arithmetic.copy(biasGradient, 0, 1, flat, at, 1, outputs);
    }
  }

  /** y = W x + b. */
  void apply(int n, Block<A> x, Block<A> y) {
    arithmetic.product(n, x, inputs, forward, outputWidth, bias, y);
  }

  /** y += W x with the first inputs only. */
  void add(int n, Block<A> x, int first, Block<A> y) {
    arithmetic.addProduct(n, x, first, forward, outputWidth, y);
  }

  /** x += W-transposed y. */
  void addTransposed(int n, Block<A> y, Block<A> x) {
    arithmetic.addProduct(n, y, outputs, backward, inputWidth, x);
  }

  /** Adds to the gradient of W: derivative by y times x, or by x times y of the transposed. */
  void accumulate(int n, Block<A> y, Block<A> x) {
    if (inputs == 0) {
      return;
    }
    if (outputsAcross) {
      arithmetic.addOuter(n, x, inputs, y, outputWidth, gradient);
    } else {
      arithmetic.addOuter(n, y, outputs, x, inputWidth, gradient);
    }
  }

  /** Adds to the gradient of b. */
  void accumulateBias(int n, Block<A> y) {
    arithmetic.addColumnSums(n, y, outputWidth, biasGradient);
  }
}
