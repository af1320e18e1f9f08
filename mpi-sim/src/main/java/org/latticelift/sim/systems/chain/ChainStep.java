package org.latticelift.sim.systems.chain;

import org.latticelift.sim.systems.line.Segment;

/**
 * One Euler-Maruyama step of some particles of a chain; the others stand still and are felt (LC-01,
 * LC-07). The ends of the chain are free: they feel one spring only.
 *
 * @param friction gamma
 * @param spring k
 * @param force F on the first particle
 * @param noise sigma
 * @param step time of a step
 */
record ChainStep(double friction, double spring, double force, double noise, double step) {
  /**
   * Moves the particles of a range by one step.
   *
   * @param x displacements of the whole chain, changed in the range
   * @param range what moves
   * @param normals standard normal numbers, one for each particle of the whole chain
   */
  void move(double[] x, Segment range, double[] normals) {
    double amplitude = noise * Math.sqrt(step);
    int last = x.length - 1;
    double left = x[Math.max(0, range.from() - 1)];
    for (int i = range.from(); i < range.to(); i++) {
      double own = x[i];
      double right = x[Math.min(last, i + 1)];
      x[i] = own + drift(i, left, own, right) * step + amplitude * normals[i];
      left = own;
    }
  }

  private double drift(int i, double left, double own, double right) {
    double drift = spring * ((right - own) + (left - own)) - friction * own;
    return i == 0 ? drift + force : drift;
  }

  /** Sum of the drifts of some particles. */
  double drift(double[] x, Segment range) {
    int last = x.length - 1;
    double sum = 0;
    for (int i = range.from(); i < range.to(); i++) {
      sum += drift(i, x[Math.max(0, i - 1)], x[i], x[Math.min(last, i + 1)]);
    }
    return sum;
  }
}
