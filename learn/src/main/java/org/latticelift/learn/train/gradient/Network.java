package org.latticelift.learn.train.gradient;

import java.util.ArrayList;
import java.util.List;

/**
 * A fully connected network with ReLU after each hidden layer and linear output (ME-44, ME-46,
 * ME-61), and its backward pass.
 */
final class Network<A> {
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

  /** The temperature embedding. */
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
    return new Network<>(arithmetic, List.of(Dense.of(arithmetic, map, List.of(), List.of(name))));
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
   * Accumulates the gradients of the parameters.
   *
   * @param x input of the forward pass
   * @param yBar derivative by its result
   * @param xBar receives the derivative by the input, added; null if nobody needs it
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
