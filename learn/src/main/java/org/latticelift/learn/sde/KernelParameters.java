package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.latticelift.learn.sde.SdeArchitecture.ParameterSpec;

/**
 * Parameters of a kernel at one temperature: the embedding's share of the first layers is constant
 * and is folded into their biases.
 */
public final class KernelParameters {
  private final SdeParameters parameters;
  private final double[] embedding;
  private final Map<String, float[]> arrays = new HashMap<>();

  /**
   * Folds the embedding.
   *
   * @param condition value of the condition's parameter, such as a temperature in K
   */
  public KernelParameters(
      SdeArchitecture architecture, SdeParameters parameters, double condition) {
    this.parameters = parameters;
    this.embedding =
        architecture.embedding() == 0
            ? new double[0]
            : embed(parameters, architecture.input(condition));
  }

  /**
   * A parameter.
   *
   * @param name as in {@link ParameterSpec#name()}
   * @return the array itself, row-major, not a copy; callers do not write to it
   */
  public float[] get(String name) {
    return arrays.computeIfAbsent(name, parameters::get);
  }

  Matrix matrix(String layer) {
    return Matrix.of(get(layer + "/W"), bias(layer).length);
  }

  float[] bias(String layer) {
    return get(layer + "/b");
  }

  /** The first layer of a network as a layer of the state alone; its bias is folded. */
  Matrix first(String prefix) {
    return Matrix.of(get(prefix + "/hidden0/W_z"), firstBias(prefix).length);
  }

  /**
   * The bias of a first layer with the embedding's share, b + W_t tau.
   *
   * @param prefix drift or diffusion
   * @return not a copy
   */
  public float[] firstBias(String prefix) {
    return arrays.computeIfAbsent(prefix + "/folded", name -> fold(prefix));
  }

  private float[] fold(String prefix) {
    float[] bias = parameters.get(prefix + "/hidden0/b");
    if (embedding.length == 0) {
      return bias;
    }
    double[] sum = affine(parameters.get(prefix + "/hidden0/W_t"), bias, embedding);
    float[] folded = new float[bias.length];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = (float) sum[i];
    }
    return folded;
  }

  /** W x + b in double precision. */
  static double[] affine(float[] weight, float[] bias, double[] x) {
    double[] y = new double[bias.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = bias[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += (double) weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] embed(SdeParameters p, double input) {
    double[] hidden =
        affine(p.get("embedding/hidden0/W"), p.get("embedding/hidden0/b"), new double[] {input});
    double[] rectified = Arrays.stream(hidden).map(u -> Math.max(u, 0)).toArray();
    return affine(p.get("embedding/output/W"), p.get("embedding/output/b"), rectified);
  }
}
