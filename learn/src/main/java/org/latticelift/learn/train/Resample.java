package org.latticelift.learn.train;

/** What the models of a training differ in besides their initial weights and shuffles. */
public enum Resample {
  /** Each has half of the groups of pairs (EX-31). */
  GROUPS,
  /** Nothing: all have all pairs. */
  NONE
}
