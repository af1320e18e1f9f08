package org.latticelift.learn.sde;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.TileFactories.TileArithmetic;
import org.latticelift.learn.sde.TileWeights.TileRows;

/** A fully connected ReLU network with linear output (ME-44, ME-46). */
final class TileNetwork implements TilePart {
  /** A layer that reads rows from x and writes rows from y. */
  private record Layer(TileWeights weights, long multiplyAdds, int x, int y) {}

  private final String name;
  private final List<Layer> layers = new ArrayList<>();

  /**
   * @param name {@code drift} or {@code diffusion}
   * @param factors factor on each output; empty: none
   * @param rows for the hidden layers, two regions in turn
   * @param z rows of the state
   * @param out rows of the outputs
   */
  TileNetwork(
      KernelParameters p,
      String name,
      List<Integer> widths,
      float[] factors,
      TileRows rows,
      int z,
      int out) {
    this.name = name;
    int widest = widths.stream().mapToInt(Integer::intValue).max().orElseThrow();
    int even = rows.take(widest);
    int odd = rows.take(widest);
    int x = z;
    for (int l = 0; l < widths.size(); l++) {
      int y = l % 2 == 0 ? even : odd;
      String layer = name + "/hidden" + l;
      Matrix weight = l == 0 ? p.first(name) : p.matrix(layer);
      float[] bias = l == 0 ? p.firstBias(name) : p.bias(layer);
      add(weight, TileWeights.of(weight, bias).withRelu(), x, y);
      x = y;
    }
    Matrix last = p.matrix(name + "/output");
    float[] bias = p.bias(name + "/output").clone();
    for (int o = 0; o < factors.length; o++) {
      bias[o] *= factors[o];
    }
    add(last, TileWeights.of(last.rowsScaled(factors), bias), x, out);
  }

  private TileNetwork(TileNetwork other, KernelParameters p) {
    this.name = other.name;
    Layer first = other.layers.get(0);
    layers.addAll(other.layers);
    layers.set(
        0,
        new Layer(first.weights.withBias(p.firstBias(name)), first.multiplyAdds, first.x, first.y));
  }

  @Override
  public TileNetwork at(KernelParameters p) {
    return new TileNetwork(this, p);
  }

  private void add(Matrix weight, TileWeights packed, int x, int y) {
    layers.add(new Layer(packed, (long) weight.rows() * weight.columns(), x, y));
  }

  @Override
  public void evaluate(TileArithmetic arithmetic, float[] memory) {
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      arithmetic.product(layer.weights, memory, layer.x, layer.y, false);
    }
  }

  @Override
  public long multiplyAdds() {
    return layers.stream().mapToLong(Layer::multiplyAdds).sum();
  }
}
