package org.latticelift.sim.systems.line;

/**
 * One explicit Euler-Maruyama step of some consecutive cells (PP-07), in place. Cells beside the
 * window stand still and are its ghost cells; beyond an end of the line the end value itself stands
 * in, which is a zero flux (PP-03, PP-19).
 *
 * <p>Every cell needs only its own noise and the values of its neighbours before the step, so a
 * step of a window gives its cells the bits that a step of all cells gives them (appendix E).
 */
final class EulerStep {
  private final Reaction reaction;
  private final double dt;
  private final double amplitude;

  /**
   * @param amplitude of the noise of a cell and step, sigma sqrt(dt)
   */
  EulerStep(Reaction reaction, double dt, double amplitude) {
    this.reaction = reaction;
    this.dt = dt;
    this.amplitude = amplitude;
  }

  /**
   * Steps a window ({@code closed}: whether the window is bent to a ring instead of looking at its
   * neighbours; {@code noise}: standard normal numbers, one per cell of the window and field).
   */
  void step(Fields fields, ChainSegment window, boolean closed, Fields noise) {
    double[] u = fields.prey();
    double[] v = fields.predator();
    int last = window.to() - 1;
    Ghosts ghosts = closed ? Ghosts.ring(fields, window) : Ghosts.neighbours(fields, window);
    double uLeft = ghosts.preyLeft();
    double vLeft = ghosts.predatorLeft();
    for (int i = window.from(); i <= last; i++) {
      double uHere = u[i];
      double vHere = v[i];
      double uRight = i < last ? u[i + 1] : ghosts.preyRight();
      double vRight = i < last ? v[i + 1] : ghosts.predatorRight();
      double du = reaction.prey(uHere, vHere, uLeft - 2 * uHere + uRight);
      double dv = reaction.predator(uHere, vHere, vLeft - 2 * vHere + vRight);
      int k = i - window.from();
      u[i] = uHere + dt * du + amplitude * noise.prey()[k];
      v[i] = vHere + dt * dv + amplitude * noise.predator()[k];
      uLeft = uHere;
      vLeft = vHere;
    }
  }

  /**
   * The deterministic part of a step, averaged over a window ({@code closed}: as for {@link
   * #step}).
   */
  double[] meanDrift(Fields fields, ChainSegment window, boolean closed) {
    double[] u = fields.prey();
    double[] v = fields.predator();
    int last = window.to() - 1;
    Ghosts ghosts = closed ? Ghosts.ring(fields, window) : Ghosts.neighbours(fields, window);
    double du = 0;
    double dv = 0;
    for (int i = window.from(); i <= last; i++) {
      double uLeft = i > window.from() ? u[i - 1] : ghosts.preyLeft();
      double vLeft = i > window.from() ? v[i - 1] : ghosts.predatorLeft();
      double uRight = i < last ? u[i + 1] : ghosts.preyRight();
      double vRight = i < last ? v[i + 1] : ghosts.predatorRight();
      du += reaction.prey(u[i], v[i], uLeft - 2 * u[i] + uRight);
      dv += reaction.predator(u[i], v[i], vLeft - 2 * v[i] + vRight);
    }
    return new double[] {dt * du / window.length(), dt * dv / window.length()};
  }

  /** Values beside a window, taken before the step. */
  private record Ghosts(
      double preyLeft, double preyRight, double predatorLeft, double predatorRight) {
    static Ghosts neighbours(Fields fields, ChainSegment window) {
      int left = Math.max(0, window.from() - 1);
      int right = Math.min(fields.cells() - 1, window.to());
      return at(fields, left, right);
    }

    static Ghosts ring(Fields fields, ChainSegment window) {
      return at(fields, window.to() - 1, window.from());
    }

    private static Ghosts at(Fields fields, int left, int right) {
      double[] u = fields.prey();
      double[] v = fields.predator();
      return new Ghosts(u[left], u[right], v[left], v[right]);
    }
  }

  /**
   * The drift of a cell (PP-01, PP-06).
   *
   * @param a growth of predators
   * @param b prey density at which predators neither grow nor shrink
   * @param preyCoupling factor of the second difference of the prey
   * @param predatorCoupling factor of the second difference of the predators
   */
  record Reaction(double a, double b, double preyCoupling, double predatorCoupling) {
    double prey(double u, double v, double secondDifference) {
      return u * (1 - u - v) + preyCoupling * secondDifference;
    }

    double predator(double u, double v, double secondDifference) {
      return a * v * (u - b) + predatorCoupling * secondDifference;
    }
  }

  /** What the amplitude of the noise belongs to (DI-13). */
  enum NoiseAmplitude {
    /** To a cell, however long. */
    CELL,
    /** To a length: it is divided by the root of that of a cell. */
    LENGTH;

    /** What the diffusion of a field is (DI-12). */
    enum Laplacian {
      /** The second difference of cells. */
      CELLS,
      /** That divided by the square of the length of a cell. */
      LENGTH
    }
  }
}
