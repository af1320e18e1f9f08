package org.latticelift.learn.train;

/** How the learning rate changes. */
public enum Schedule {
  /** Reduce on plateau; an improvement must be real (DI-17). */
  REAL,
  /** Reduce on plateau as in the authors' code (ME-72). */
  AUTHORS,
  /** Half a cosine over all epochs. */
  COSINE;

  LearningRate start(TrainSettings settings) {
    return this == COSINE
        ? new CosineRate(settings.learningRate(), settings.minLearningRate())
        : new PlateauRate(
            this == AUTHORS,
            settings.learningRate(),
            settings.patience(),
            settings.factor(),
            settings.minLearningRate());
  }
}
