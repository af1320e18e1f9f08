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
 * @param noise [N,d], or null without a column of noise
 * @param duration [N,1]
 * @param condition [N,1]
 */
record DevicePairs(
    NDArray state, NDArray increment, NDArray noise, NDArray duration, NDArray condition) {

  static DevicePairs of(NDManager owner, ScaledPairs pairs) {
    int n = pairs.count();
    Shape states = new Shape(n, pairs.variables());
    Shape column = new Shape(n, 1);
    return new DevicePairs(
        owner.create(pairs.state(), states),
        owner.create(pairs.increment(), states),
        pairs.noise().length == 0 ? null : owner.create(pairs.noise(), states),
        owner.create(pairs.duration(), column),
        owner.create(pairs.condition(), column));
  }

  /** Views of some rows, which belong to the manager. */
  DevicePairs slice(NDManager owner, int from, int to) {
    return new DevicePairs(
        slice(owner, state, from, to),
        slice(owner, increment, from, to),
        noise == null ? null : slice(owner, noise, from, to),
        slice(owner, duration, from, to),
        slice(owner, condition, from, to));
  }

  private static NDArray slice(NDManager owner, NDArray rows, int from, int to) {
    NDArray part = rows.get(new NDIndex().addSliceDim(from, to));
    part.attach(owner);
    return part;
  }
}
