package org.latticelift.sim.systems.predatorprey;

import java.util.Arrays;

/**
 * Prey and predator on a line of cells, centres at (i - 1/2) / N (PP-05).
 *
 * @param prey u, N values; changed by the dynamics
 * @param predator v, N values; changed by the dynamics
 */
record Fields(double[] prey, double[] predator) {
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

  /** A copy of some cells. */
  Fields cut(Window window) {
    return new Fields(
        Arrays.copyOfRange(prey, window.from(), window.to()),
        Arrays.copyOfRange(predator, window.from(), window.to()));
  }

  /** Takes over cells that were cut. */
  void paste(Fields part, Window window) {
    System.arraycopy(part.prey, 0, prey, window.from(), part.cells());
    System.arraycopy(part.predator, 0, predator, window.from(), part.cells());
  }

  /** Averages of both fields over cells (PP-22). */
  double[] means(Window window) {
    return new double[] {mean(prey, window), mean(predator, window)};
  }

  /** Whether every value is a number; what once is none stays so, whatever the neighbours are. */
  boolean finite(Window window) {
    for (int i = window.from(); i < window.to(); i++) {
      if (!Double.isFinite(prey[i]) || !Double.isFinite(predator[i])) {
        return false;
      }
    }
    return true;
  }

  private static double mean(double[] field, Window window) {
    double sum = 0;
    for (int i = window.from(); i < window.to(); i++) {
      sum += field[i];
    }
    return sum / window.cells();
  }
}
