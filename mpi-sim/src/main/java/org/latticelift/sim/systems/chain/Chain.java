package org.latticelift.sim.systems.chain;

import java.util.Arrays;

/**
 * The state of a chain.
 *
 * @param displacement X_1 to X_n, changed by the dynamics
 */
record Chain(double[] displacement) {
  /** All particles at one place. */
  static Chain at(double place, int particles) {
    double[] x = new double[particles];
    Arrays.fill(x, place);
    return new Chain(x);
  }

  int particles() {
    return displacement.length;
  }

  /** Every particle becomes several at its place. */
  Chain enlarged(int factor) {
    double[] x = new double[particles() * factor];
    Arrays.setAll(x, i -> displacement[i / factor]);
    return new Chain(x);
  }
}
