package org.latticelift.sde;

/** y = W x + b for a block of columns: x [inputs][n], y [outputs][n]; each row is one array. */
final class Dense {
  private final float[] weight;
  private final float[] bias;
  private final int outputs;
  private final int inputs;

  /** Weights [outputs, inputs] row-major; bias may be null (zero). */
  Dense(float[] weight, float[] bias, int outputs) {
    this.weight = weight;
    this.bias = bias;
    this.outputs = outputs;
    this.inputs = weight.length / outputs;
  }

  /** The layer of the transposed matrix without bias. */
  Dense transposed() {
    float[] t = new float[weight.length];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        t[i * outputs + o] = weight[o * inputs + i];
      }
    }
    return new Dense(t, null, inputs);
  }

  void apply(int n, float[][] x, float[][] y) {
    for (int o = 0; o < outputs; o++) {
      fill(n, bias == null ? 0 : bias[o], y[o]);
      accumulate(n, o, x, y[o]);
    }
  }

  /** y += W x. */
  void add(int n, float[][] x, float[][] y) {
    for (int o = 0; o < outputs; o++) {
      accumulate(n, o, x, y[o]);
    }
  }

  private void accumulate(int n, int o, float[][] x, float[] row) {
    int base = o * inputs;
    int i = 0;
    for (; i + 8 <= inputs; i += 8) {
      eight(n, weight, base + i, x, i, row);
    }
    for (; i < inputs; i++) {
      one(n, weight[base + i], x[i], row);
    }
  }

  private static void fill(int n, float value, float[] row) {
    for (int t = 0; t < n; t++) {
      row[t] = value;
    }
  }

  private static void one(int n, float w, float[] x, float[] y) {
    for (int t = 0; t < n; t++) {
      y[t] += w * x[t];
    }
  }

  private static void eight(int n, float[] w, int k, float[][] x, int i, float[] y) {
    float w0 = w[k];
    float w1 = w[k + 1];
    float w2 = w[k + 2];
    float w3 = w[k + 3];
    float w4 = w[k + 4];
    float w5 = w[k + 5];
    float w6 = w[k + 6];
    float w7 = w[k + 7];
    float[] x0 = x[i];
    float[] x1 = x[i + 1];
    float[] x2 = x[i + 2];
    float[] x3 = x[i + 3];
    float[] x4 = x[i + 4];
    float[] x5 = x[i + 5];
    float[] x6 = x[i + 6];
    float[] x7 = x[i + 7];
    for (int t = 0; t < n; t++) {
      y[t] +=
          ((w0 * x0[t] + w1 * x1[t]) + (w2 * x2[t] + w3 * x3[t]))
              + ((w4 * x4[t] + w5 * x5[t]) + (w6 * x6[t] + w7 * x7[t]));
    }
  }
}
