package org.latticelift.learn.closure;

import java.util.HashMap;
import java.util.Map;

/** Encoders as loops in double precision. */
final class PlainNetworks {
  private static final double SLOPE = 0.2;

  private PlainNetworks() {}

  private static Map<String, float[]> arrays(ClosureModel model) {
    Map<String, float[]> arrays = new HashMap<>(model.statistics().values());
    int at = 0;
    for (ParameterArray array : model.autoencoder().parameters()) {
      arrays.put(
          array.name(), java.util.Arrays.copyOfRange(model.parameters(), at, at + array.size()));
      at += array.size();
    }
    return arrays;
  }

  private static double[] linear(double[] x, float[] weight, float[] bias) {
    double[] y = new double[bias.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = bias[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  static double[] dense(ClosureModel model, double[] input, int... widths) {
    Map<String, float[]> arrays = arrays(model);
    double[] x = input;
    for (int layer = 0; layer + 1 < widths.length; layer++) {
      x =
          linear(
              x,
              arrays.get("encoder/layer" + layer + "/W"),
              arrays.get("encoder/layer" + layer + "/b"));
      for (int i = 0; i < x.length && layer + 2 < widths.length; i++) {
        x[i] = Math.max(0, x[i]);
      }
    }
    return x;
  }

  static double[] convolution(ClosureModel model, double[] input, int side) {
    Map<String, float[]> arrays = arrays(model);
    double[] x = input;
    int channels = 1;
    int now = side;
    for (int block = 0; arrays.containsKey("encoder/block" + block + "/W"); block++) {
      x = block(arrays, block, x, channels, now);
      channels = arrays.get("encoder/block" + block + "/b").length;
      now /= 2;
    }
    return linear(x, arrays.get("encoder/linear/W"), arrays.get("encoder/linear/b"));
  }

  private static double[] block(
      Map<String, float[]> arrays, int block, double[] x, int channels, int side) {
    float[] weight = arrays.get("encoder/block" + block + "/W");
    float[] bias = arrays.get("encoder/block" + block + "/b");
    String norm = "encoder/norm" + block;
    double[] pooled = new double[bias.length * side * side / 4];
    java.util.Arrays.fill(pooled, Double.NEGATIVE_INFINITY);
    for (int o = 0; o < bias.length; o++) {
      for (int site = 0; site < side * side; site++) {
        double sum = bias[o];
        for (int c = 0; c < channels; c++) {
          for (int k = 0; k < 9; k++) {
            int row = site / side + k / 3 - 1;
            int column = site % side + k % 3 - 1;
            if (row >= 0 && row < side && column >= 0 && column < side) {
              sum += weight[(o * channels + c) * 9 + k] * x[(c * side + row) * side + column];
            }
          }
        }
        double scaled =
            (sum - arrays.get(norm + "/mean")[o])
                    / Math.sqrt(arrays.get(norm + "/variance")[o] + 1e-5)
                    * arrays.get(norm + "/W")[o]
                + arrays.get(norm + "/b")[o];
        double active = scaled > 0 ? scaled : SLOPE * scaled;
        int to = (o * side / 2 + site / side / 2) * (side / 2) + site % side / 2;
        pooled[to] = Math.max(pooled[to], active);
      }
    }
    return pooled;
  }
}
