package org.latticelift.sim.systems.line;

import java.util.Arrays;

/**
 * Prey and predator on a line of cells, centres at (i - 1/2) / N (PP-05).
 *
 * @param prey u, N values; changed by the dynamics
 * @param predator v, N values; changed by the dynamics
 */
record Fields(double[] prey, double[] predator) implements LineState {
  Fields {
    if (prey.length != predator.length) {
      throw new IllegalArgumentException("fields of different length");
    }
  }

  int cells() {
    return prey.length;
  }

  Fields copy() {
    return new Fields(prey.clone(), predator.clone());
  }

  @Override
  public int sites() {
    return cells();
  }

  /** Averages of both fields over cells (PP-22). */
  @Override
  public double[] means(ChainSegment part) {
    return new double[] {part.mean(prey), part.mean(predator)};
  }

  @Override
  public Runnable kept(ChainSegment part) {
    double[] u = Arrays.copyOfRange(prey, part.from(), part.to());
    double[] v = Arrays.copyOfRange(predator, part.from(), part.to());
    return () -> {
      System.arraycopy(u, 0, prey, part.from(), u.length);
      System.arraycopy(v, 0, predator, part.from(), v.length);
    };
  }

  /** Whether every value is a number; what once is none stays so, whatever the neighbours are. */
  boolean finite(ChainSegment part) {
    return part.finite(prey) && part.finite(predator);
  }
}
