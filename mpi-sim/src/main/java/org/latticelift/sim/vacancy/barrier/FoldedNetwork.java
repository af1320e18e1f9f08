package org.latticelift.sim.vacancy.barrier;

import java.util.ArrayList;
import java.util.List;

/**
 * A network in double precision with the batch normalisation folded into the linear maps (AL-31)
 * and the first layer turned into the table of {@link NetworkParameters}. Vacancy rows are zero.
 */
final class FoldedNetwork {
  /** One linear map: inputs by outputs, row-major, and a bias. */
  record Linear(int inputs, int outputs, double[] weight, double[] bias) {}

  private final int sites;
  private final int codes;
  private final Activation activation;
  private final List<Linear> hidden = new ArrayList<>();
  private final Linear output;

  /**
   * Folds.
   *
   * @param weights as stored
   * @param inputs which stored input row, times which factor, a site of some species feeds
   * @param epsilon of the batch normalisation
   */
  FoldedNetwork(BarrierWeights weights, InputRows inputs, double epsilon) {
    this.sites = weights.sites();
    this.codes = weights.species() + 1;
    this.activation = weights.activation();
    for (HiddenLayer layer : weights.hidden()) {
      hidden.add(fold(layer, epsilon));
    }
    hidden.set(0, table(hidden.get(0), inputs));
    double[] last = toDouble(weights.outputWeight());
    output = new Linear(last.length, 1, last, new double[] {weights.outputBias()});
  }

  private static Linear fold(HiddenLayer layer, double epsilon) {
    int width = layer.width();
    double[] weight = toDouble(layer.weight());
    double[] bias = toDouble(layer.bias());
    if (layer.norm().isPresent()) {
      BatchNorm norm = layer.norm().get();
      for (int n = 0; n < width; n++) {
        double scale = norm.gamma()[n] / Math.sqrt(norm.variance()[n] + epsilon);
        bias[n] = (bias[n] - norm.mean()[n]) * scale + norm.beta()[n];
        for (int k = 0; k < layer.inputs(); k++) {
          weight[k * width + n] *= scale;
        }
      }
    }
    return new Linear(layer.inputs(), width, weight, bias);
  }

  private Linear table(Linear first, InputRows inputs) {
    int width = first.outputs();
    double[] table = new double[sites * codes * width];
    for (int k = 0; k < sites; k++) {
      for (int code = 1; code < codes; code++) {
        int from = inputs.row(k, code) * width;
        int to = (k * codes + code) * width;
        for (int n = 0; n < width; n++) {
          table[to + n] = first.weight()[from + n] * inputs.factor(code);
        }
      }
    }
    return new Linear(sites * codes, width, table, first.bias());
  }

  int codes() {
    return codes;
  }

  Activation activation() {
    return activation;
  }

  /** The first layer's table, then the dense hidden layers. */
  List<Linear> hidden() {
    return hidden;
  }

  Linear output() {
    return output;
  }

  /** Rounds to single precision; vacancy rows become -0.0. */
  NetworkParameters toParameters() {
    Linear first = hidden.get(0);
    float[] table = toFloat(first.weight());
    for (int k = 0; k < sites; k++) {
      int from = k * codes * first.outputs();
      java.util.Arrays.fill(table, from, from + first.outputs(), -0f);
    }
    List<DenseLayer> dense = new ArrayList<>();
    for (Linear layer : hidden.subList(1, hidden.size())) {
      dense.add(
          new DenseLayer(
              layer.inputs(), layer.outputs(), toFloat(layer.weight()), toFloat(layer.bias())));
    }
    return new NetworkParameters(
        sites,
        codes,
        first.outputs(),
        table,
        toFloat(first.bias()),
        dense,
        toFloat(output.weight()),
        (float) output.bias()[0],
        activation);
  }

  private static double[] toDouble(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static float[] toFloat(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
