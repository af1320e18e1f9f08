package org.latticelift.learn.barrierfit;

import org.latticelift.learn.barrierfit.BarrierTable.CanonicalRows;

/**
 * The affine map between barriers and what a network is trained on (CN-02).
 *
 * @param mean of the training barriers, eV
 * @param deviation of the training barriers, eV
 */
record Standardisation(double mean, double deviation) {
  static Standardisation of(CanonicalRows rows, int[] training) {
    double sum = 0;
    for (int row : training) {
      sum += rows.barrier(row);
    }
    double mean = sum / training.length;
    double squares = 0;
    for (int row : training) {
      double difference = rows.barrier(row) - mean;
      squares += difference * difference;
    }
    double deviation = Math.sqrt(squares / training.length);
    return new Standardisation(mean, deviation > 0 ? deviation : 1);
  }

  float scaled(float barrier) {
    return (float) ((barrier - mean) / deviation);
  }

  float barrier(float scaled) {
    return (float) (mean + deviation * scaled);
  }

  /** The output layer that gives barriers instead of scaled barriers (CN-02). */
  FittedNetwork.Layer folded(FittedNetwork.Layer output) {
    float[] weight = output.weight().clone();
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (weight[i] * deviation);
    }
    float[] bias = {(float) (output.bias()[0] * deviation + mean)};
    return new FittedNetwork.Layer(output.inputs(), output.outputs(), weight, bias);
  }
}
