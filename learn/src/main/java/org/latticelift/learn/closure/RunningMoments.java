package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Running means and variances of all normalisations ({@code values}: by name; changed by training).
 */
record RunningMoments(Map<String, float[]> values) {
  /** Mean 0 and variance 1. */
  static RunningMoments initial(List<Normalisation> normalisations) {
    Map<String, float[]> values = new TreeMap<>();
    for (Normalisation each : normalisations) {
      values.put(each.mean(), new float[each.channels()]);
      float[] ones = new float[each.channels()];
      Arrays.fill(ones, 1);
      values.put(each.variance(), ones);
    }
    return new RunningMoments(values);
  }

  Map<String, NDArray> on(NDManager owner) {
    Map<String, NDArray> arrays = new TreeMap<>();
    values.forEach((name, numbers) -> arrays.put(name, owner.create(numbers)));
    return arrays;
  }

  void take(Map<String, NDArray> arrays) {
    values.forEach(
        (name, numbers) ->
            System.arraycopy(arrays.get(name).toFloatArray(), 0, numbers, 0, numbers.length));
  }
}
