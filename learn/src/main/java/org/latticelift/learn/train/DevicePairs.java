package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * Scaled pairs on the engine's device, or a part of them.
 *
 * @param state [N,d]
 * @param increment [N,d]
 * @param duration [N,1]
 * @param condition [N,1]
 */
record DevicePairs(NDArray state, NDArray increment, NDArray duration, NDArray condition) {

  static DevicePairs of(NDManager owner, ScaledPairs pairs) {
    int n = pairs.count();
    Shape states = new Shape(n, pairs.variables());
    Shape column = new Shape(n, 1);
    return new DevicePairs(
        owner.create(pairs.state(), states),
        owner.create(pairs.increment(), states),
        owner.create(pairs.duration(), column),
        owner.create(pairs.condition(), column));
  }

  /** Views of some rows, which belong to the manager. */
  DevicePairs slice(NDManager owner, int from, int to) {
    return new DevicePairs(
        slice(owner, state, from, to),
        slice(owner, increment, from, to),
        slice(owner, duration, from, to),
        slice(owner, condition, from, to));
  }

  private static NDArray slice(NDManager owner, NDArray rows, int from, int to) {
    NDArray part = rows.get(new NDIndex().addSliceDim(from, to));
    part.attach(owner);
    return part;
  }
}
