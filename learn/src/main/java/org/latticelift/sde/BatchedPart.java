package org.latticelift.sde;

/** A function of the state, evaluated for a block of trajectories. */
interface BatchedPart {
  void evaluate(int n, float[][] z, float[][] out);
}
