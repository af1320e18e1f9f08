package org.latticelift.learn.train;

import org.latticelift.sim.lift.PairsFile.Column;

/** What the state after is taken to be (ME-17, ME-18); independent of kappa (ME-21). */
public enum PairForm {
  /** The state before plus the change of the patch. */
  INCREMENT(Column.Z1),
  /** The patch after its evolution, which differs from the whole by more than a change. */
  NAIVE(Column.PATCH_Z1);

  private final Column column;

  PairForm(Column column) {
    this.column = column;
  }

  /** The states after. */
  Column column() {
    return column;
  }
}
