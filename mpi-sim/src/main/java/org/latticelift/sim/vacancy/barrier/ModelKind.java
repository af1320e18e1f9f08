package org.latticelift.sim.vacancy.barrier;

/** The barrier models that configurations can ask for. */
public enum ModelKind {
  /** The larger network that is shipped. */
  COMPACT,
  /** The smaller network that is shipped. */
  SMALL,
  /** Analytic, from energies of pairs. */
  PAIRWISE,
  /** A network whose weights are read from a file. */
  NETWORK
}
