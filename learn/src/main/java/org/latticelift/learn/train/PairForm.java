package org.latticelift.learn.train;

/** What the state after is taken to be (ME-17, ME-18, EX-01); independent of kappa (ME-21). */
public enum PairForm {
  /** The state before plus the mean change of the patches that evolved. */
  INCREMENT,
  /** The state before plus the change of the first patch alone. */
  ONE_PATCH,
  /** The first patch after its evolution, which differs from the whole by more than a change. */
  NAIVE
}
