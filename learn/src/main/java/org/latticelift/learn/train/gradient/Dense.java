package org.latticelift.learn.train.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.ParameterSpec;
import org.latticelift.learn.sde.SdeArchitecture;

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
   * A layer of named arrays ({@code weights}: names of arrays [outputs, inputs], side by side;
   * {@code biases}: names of arrays [outputs], added).
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

  void accumulateBias(int n, Block<A> y) {
    arithmetic.addColumnSums(n, y, outputWidth, biasGradient);
  }

  /** Where each named array begins in the flat parameter vector. */
  static final class ParameterMap {
    private final Map<String, Integer> start = new HashMap<>();
    private final Map<String, ParameterSpec> spec = new HashMap<>();

    ParameterMap(SdeArchitecture architecture) {
      int offset = 0;
      for (ParameterSpec next : ParameterLayout.of(architecture)) {
        start.put(next.name(), offset);
        spec.put(next.name(), next);
        offset += next.size();
      }
    }

    int start(String name) {
      return start.get(name);
    }

    /** Length of an axis of an array. */
    int length(String name, int axis) {
      return (int) spec.get(name).shape()[axis];
    }

    boolean contains(String name) {
      return start.containsKey(name);
    }
  }

  /**
   * A fully connected network with ReLU after each hidden layer and linear output (ME-44, ME-46,
   * ME-61), and its backward pass.
   */
  static final class Network<A> {
    private final BlockArithmetic<A> arithmetic;
    private final List<Dense<A>> layers = new ArrayList<>();
    private final List<Block<A>> hidden = new ArrayList<>();
    private final List<Block<A>> hiddenBar = new ArrayList<>();

    private Network(BlockArithmetic<A> arithmetic, List<Dense<A>> layers) {
      this.arithmetic = arithmetic;
      this.layers.addAll(layers);
      for (Dense<A> layer : layers.subList(0, layers.size() - 1)) {
        hidden.add(Widths.block(arithmetic, layer.outputs()));
        hiddenBar.add(Widths.block(arithmetic, layer.outputs()));
      }
    }

    /** Drift or diffusion network: {@code prefix/hidden0/W_z}, and so on. */
    static <A> Network<A> of(
        BlockArithmetic<A> arithmetic, ParameterMap map, String prefix, int hiddenLayers) {
      List<Dense<A>> layers = new ArrayList<>();
      layers.add(first(arithmetic, map, prefix));
      for (int l = 1; l < hiddenLayers; l++) {
        layers.add(layer(arithmetic, map, prefix + "/hidden" + l));
      }
      layers.add(layer(arithmetic, map, prefix + "/output"));
      return new Network<>(arithmetic, layers);
    }

    static <A> Network<A> embedding(BlockArithmetic<A> arithmetic, ParameterMap map) {
      return new Network<>(
          arithmetic,
          List.of(
              layer(arithmetic, map, "embedding/hidden0"),
              layer(arithmetic, map, "embedding/output")));
    }

    /** No hidden layer, and no dependence on the embedding. */
    static <A> Network<A> linear(BlockArithmetic<A> arithmetic, ParameterMap map, String name) {
      return new Network<>(arithmetic, List.of(layer(arithmetic, map, name)));
    }

    /** Free parameters that do not depend on the input. */
    static <A> Network<A> constant(BlockArithmetic<A> arithmetic, ParameterMap map, String name) {
      return new Network<>(
          arithmetic, List.of(Dense.of(arithmetic, map, List.of(), List.of(name))));
    }

    /** The layer that takes the state and, where there is one, the embedding. */
    static <A> Dense<A> first(BlockArithmetic<A> arithmetic, ParameterMap map, String prefix) {
      String state = prefix + "/hidden0/W_z";
      String embedded = prefix + "/hidden0/W_t";
      List<String> weights = map.contains(embedded) ? List.of(state, embedded) : List.of(state);
      return Dense.of(arithmetic, map, weights, List.of(prefix + "/hidden0/b"));
    }

    /** A layer {@code name/W, name/b}. */
    static <A> Dense<A> layer(BlockArithmetic<A> arithmetic, ParameterMap map, String name) {
      return Dense.of(arithmetic, map, List.of(name + "/W"), List.of(name + "/b"));
    }

    void pack(A flat) {
      layers.forEach(layer -> layer.pack(flat));
    }

    void unpack(A gradient) {
      layers.forEach(layer -> layer.unpack(gradient));
    }

    void forward(int n, Block<A> x, Block<A> y) {
      Block<A> input = x;
      for (int l = 0; l < hidden.size(); l++) {
        Block<A> h = hidden.get(l);
        layers.get(l).apply(n, input, h);
        arithmetic.relu(h.span(n), h.data());
        input = h;
      }
      layers.get(hidden.size()).apply(n, input, y);
    }

    /**
     * Accumulates the gradients of the parameters ({@code yBar}: derivative by its result; {@code
     * xBar}: receives the derivative by the input, added; null if nobody needs it).
     */
    void backward(int n, Block<A> x, Block<A> yBar, Block<A> xBar) {
      Block<A> outputBar = yBar;
      for (int l = hidden.size(); l > 0; l--) {
        Block<A> h = hidden.get(l - 1);
        Block<A> hBar = hiddenBar.get(l - 1);
        accumulate(n, l, outputBar, h);
        arithmetic.fill(hBar.data(), 0, hBar.span(n), 0);
        layers.get(l).addTransposed(n, outputBar, hBar);
        arithmetic.reluBack(h.span(n), h.data(), hBar.data());
        outputBar = hBar;
      }
      accumulate(n, 0, outputBar, x);
      if (xBar != null) {
        layers.get(0).addTransposed(n, outputBar, xBar);
      }
    }

    private void accumulate(int n, int l, Block<A> outputBar, Block<A> input) {
      layers.get(l).accumulate(n, outputBar, input);
      layers.get(l).accumulateBias(n, outputBar);
    }

    /** Multiply-adds of the forward pass for one sample. */
    long size() {
      return layers.stream().mapToLong(Dense::size).sum();
    }

    /** The part of it that is in the first layer. */
    long first() {
      return layers.get(0).size();
    }
  }
}
