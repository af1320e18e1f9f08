package org.latticelift.sim.systems.chain;

import org.latticelift.sim.systems.line.Segment;

/**
 * The deterministic part of the steps of some particles, summed over an evolution: b dt, where b is
 * the drift of their mean displacement (EX-05). Costs about half a step of these particles.
 */
final class ChainDrift {
  private final ChainStep step;
  private final Segment particles;
  private double integral;

  ChainDrift(ChainStep step, Segment particles) {
    this.step = step;
    this.particles = particles;
  }

  /** Called before every step. */
  void add(double[] x) {
    integral += step.drift(x, particles) / particles.length() * step.step();
  }

  double[] integral() {
    return new double[] {integral};
  }
}
