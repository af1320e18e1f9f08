package org.latticelift.learn.train;

/** What the state after is taken to be (ME-17, ME-18); independent of kappa (ME-21). */
public enum PairForm {
  /** The state before plus the change of the patch. */
  INCREMENT("/z1"),
  /** The patch after its evolution, which differs from the whole by more than a change. */
  NAIVE("/patch_z1");

  private final String dataset;

  PairForm(String dataset) {
    this.dataset = dataset;
  }

  /** The dataset of {@code pairs.h5} with the states after. */
  String dataset() {
    return dataset;
  }
}
