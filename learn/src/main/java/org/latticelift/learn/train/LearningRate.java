package org.latticelift.learn.train;

/** A learning-rate schedule; its state is a short array, so that a training can be resumed. */
interface LearningRate {
  /** Rate of the next step; progress is the finished fraction of all epochs, 0 to 1. */
  double rate(double progress);

  /** Takes notice of the loss of a finished epoch. */
  void epoch(double loss);

  double[] state();

  void restore(double[] state);
}
