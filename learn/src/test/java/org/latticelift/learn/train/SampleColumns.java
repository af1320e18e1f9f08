package org.latticelift.learn.train;

import org.latticelift.learn.train.gradient.Samples;

/** Columns of scaled samples that tests fill; noise [N,d] or empty. */
record SampleColumns(
    int variables,
    float[] state,
    float[] increment,
    float[] noise,
    float[] duration,
    float[] condition) {

  /** So many samples of zeros without a column of noise. */
  static SampleColumns zeros(int variables, int count) {
    return new SampleColumns(
        variables,
        new float[count * variables],
        new float[count * variables],
        new float[0],
        new float[count],
        new float[count]);
  }

  SampleColumns withNoise(float[] column) {
    return new SampleColumns(variables, state, increment, column, duration, condition);
  }

  int count() {
    return duration.length;
  }

  Samples samples() {
    return Samples.of(variables, state, increment, noise, duration, condition);
  }
}
