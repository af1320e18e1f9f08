package org.latticelift.sim.vacancy.kmc;

/** In and out value of a search, reused so that a search allocates nothing. */
public final class Search {
  /** What is looked for, positive; then what remains of it within the leaf that was found. */
  public double target;

  /** A search for nothing yet. */
  public Search() {}
}
