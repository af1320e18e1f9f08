package org.latticelift.learn.ensemble;

/** The key {@code ensemble.device}. */
public enum EnsembleDevice {
  CPU,
  /** A GPU; with the engine nd4j only. */
  GPU
}
