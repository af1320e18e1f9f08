package org.latticelift.learn.ensemble;

/** The key {@code ensemble.engine}. */
public enum EnsembleEngine {
  /** The kernel that is always there. */
  JAVA,
  /** ND4J, where it is installed. */
  ND4J;
}
