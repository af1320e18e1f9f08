package org.latticelift.learn.barrierfit;

import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.random.RandomStream;

/**
 * Shape and initial numbers of a one-hot network: S x species inputs, hidden layers with SiLU, one
 * output (CN-01, CN-02). All parameters lie in one array, layer by layer, weight [in, out]
 * row-major before bias.
 */
final class OneHotNetwork {
  private final int sites;
  private final int[] widths;

  OneHotNetwork(int sites, int species, List<Integer> hidden) {
    this.sites = sites;
    widths = new int[hidden.size() + 2];
    widths[0] = sites * species;
    for (int i = 0; i < hidden.size(); i++) {
      widths[i + 1] = hidden.get(i);
    }
    widths[widths.length - 1] = 1;
  }

  /** Linear maps, the output included. */
  int layers() {
    return widths.length - 1;
  }

  int inputs(int layer) {
    return widths[layer];
  }

  int outputs(int layer) {
    return widths[layer + 1];
  }

  int weightAt(int layer) {
    int at = 0;
    for (int l = 0; l < layer; l++) {
      at += (widths[l] + 1) * widths[l + 1];
    }
    return at;
  }

  int biasAt(int layer) {
    return weightAt(layer) + widths[layer] * widths[layer + 1];
  }

  int parameterCount() {
    return weightAt(layers());
  }

  float[] weight(float[] parameters, int layer) {
    return Arrays.copyOfRange(parameters, weightAt(layer), biasAt(layer));
  }

  float[] bias(float[] parameters, int layer) {
    return Arrays.copyOfRange(parameters, biasAt(layer), biasAt(layer) + outputs(layer));
  }

  /**
   * Initial parameters: variance 2/S in the first layer, 2/inputs in the others, no bias (CN-03).
   */
  float[] initialise(RandomStream stream) {
    float[] parameters = new float[parameterCount()];
    for (int layer = 0; layer < layers(); layer++) {
      double deviation = Math.sqrt(2.0 / (layer == 0 ? sites : inputs(layer)));
      for (int i = weightAt(layer); i < biasAt(layer); i++) {
        parameters[i] = (float) (deviation * stream.normal());
      }
    }
    return parameters;
  }
}
