package org.latticelift.sim.vacancy.barrier;

/** The barrier models that configurations can ask for. */
public enum ModelKind {
  /** The larger network that is shipped. */
  COMPACT,
  /** The smaller network that is shipped. */
  SMALL,
  /** Linear, with energies of pairs that the configuration gives. */
  PAIRWISE,
  /** Linear, with terms that are read from a file. */
  LINEAR,
  /** A network whose weights are read from a file. */
  NETWORK
}
