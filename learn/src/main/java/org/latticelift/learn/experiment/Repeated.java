package org.latticelift.learn.experiment;

/** What the repeats of an experiment make anew. */
public enum Repeated {
  /** All of a run. */
  RUN,
  /** Only what follows its encoder and pairs. */
  TRAINING
}
