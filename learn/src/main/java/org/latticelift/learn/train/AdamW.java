package org.latticelift.learn.train;

/**
 * AdamW in its AMSGrad form (ME-68) on one flat parameter vector. The running maximum is taken over
 * the uncorrected second moment (ME-69): denominator = sqrt(max v) / sqrt(1 - b2^t) + eps.
 *
 * <p>About a dozen operations, a root and a quotient per parameter and step; the loop vectorises,
 * and a step of 20 000 parameters takes some 20 microseconds.
 */
final class AdamW {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPS = 1e-8f;

  private final float[] first;
  private final float[] second;
  private final float[] maximum;
  private final double weightDecay;
  private long steps;

  AdamW(int parameters, double weightDecay) {
    this.first = new float[parameters];
    this.second = new float[parameters];
    this.maximum = new float[parameters];
    this.weightDecay = weightDecay;
  }

  /** The moments and the number of steps taken. */
  record State(float[] first, float[] second, float[] maximum, long steps) {}

  State state() {
    return new State(first.clone(), second.clone(), maximum.clone(), steps);
  }

  void restore(State state) {
    System.arraycopy(state.first(), 0, first, 0, first.length);
    System.arraycopy(state.second(), 0, second, 0, second.length);
    System.arraycopy(state.maximum(), 0, maximum, 0, maximum.length);
    steps = state.steps();
  }

  /** One step in place. */
  void step(float[] parameters, float[] gradient, double rate) {
    steps++;
    double correction1 = 1 - StrictMath.pow(BETA1, steps);
    double correction2 = 1 - StrictMath.pow(BETA2, steps);
    if (weightDecay != 0) {
      scale(parameters, (float) (1 - rate * weightDecay));
    }
    moments(gradient);
    update(parameters, (float) Math.sqrt(correction2), (float) (rate / correction1));
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private void moments(float[] gradient) {
    float keep1 = (float) BETA1;
    float add1 = (float) (1 - BETA1);
    float keep2 = (float) BETA2;
    float add2 = (float) (1 - BETA2);
    for (int i = 0; i < gradient.length; i++) {
      float g = gradient[i];
      first[i] = first[i] * keep1 + g * add1;
      float v = second[i] * keep2 + g * g * add2;
      second[i] = v;
      maximum[i] = Math.max(maximum[i], v);
    }
  }

  private void update(float[] parameters, float root2, float factor) {
    for (int i = 0; i < parameters.length; i++) {
      float denominator = (float) Math.sqrt(maximum[i]) / root2 + EPS;
      parameters[i] -= first[i] / denominator * factor;
    }
  }
}
