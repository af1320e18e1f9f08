package org.latticelift.sde;

import java.util.List;

/** A fully connected ReLU network with linear output (ME-44, ME-46). */
final class BatchedNetwork implements BatchedPart {
  private final Dense[] layers;
  private final float[][][] hidden;

  private BatchedNetwork(Dense[] layers, float[][][] hidden) {
    this.layers = layers;
    this.hidden = hidden;
  }

  static BatchedNetwork of(
      KernelParameters p, String prefix, List<Integer> widths, int outputs, int block) {
    Dense[] layers = new Dense[widths.size() + 1];
    float[][][] hidden = new float[widths.size()][][];
    for (int l = 0; l < widths.size(); l++) {
      layers[l] = l == 0 ? p.first(prefix) : p.dense(prefix + "/hidden" + l);
      hidden[l] = new float[widths.get(l)][block];
    }
    layers[widths.size()] = p.dense(prefix + "/output");
    return new BatchedNetwork(layers, hidden);
  }

  @Override
  public void evaluate(int n, float[][] z, float[][] out) {
    float[][] x = z;
    for (int l = 0; l < hidden.length; l++) {
      layers[l].apply(n, x, hidden[l]);
      Rows.relu(n, hidden[l]);
      x = hidden[l];
    }
    layers[hidden.length].apply(n, x, out);
  }
}
