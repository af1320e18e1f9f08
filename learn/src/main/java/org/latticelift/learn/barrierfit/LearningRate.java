package org.latticelift.learn.barrierfit;

/**
 * Linear warm-up, then half a cosine to zero (CN-04).
 *
 * @param peak largest learning rate
 * @param warmUp fraction of the steps spent rising
 * @param steps all steps
 */
record LearningRate(double peak, double warmUp, long steps) {
  double at(long step) {
    double rising = warmUp * steps;
    if (step < rising) {
      return peak * (step + 1) / (rising + 1);
    }
    double phase = (step - rising) / Math.max(1, steps - rising);
    return peak * 0.5 * (1 + StrictMath.cos(Math.PI * phase));
  }
}
