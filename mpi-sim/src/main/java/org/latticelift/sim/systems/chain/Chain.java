package org.latticelift.sim.systems.chain;

import java.util.Arrays;
import org.latticelift.sim.systems.line.Segment;
import org.latticelift.sim.systems.line.Segment.LineState;

/**
 * The state of a chain.
 *
 * @param displacement X_1 to X_n, changed by the dynamics
 */
record Chain(double[] displacement) implements LineState {
  /** All particles at one place. */
  static Chain at(double place, int particles) {
    double[] x = new double[particles];
    Arrays.fill(x, place);
    return new Chain(x);
  }

  int particles() {
    return displacement.length;
  }

  @Override
  public int sites() {
    return particles();
  }

  @Override
  public double[] means(Segment part) {
    return new double[] {part.mean(displacement)};
  }

  @Override
  public Runnable kept(Segment part) {
    double[] saved = Arrays.copyOfRange(displacement, part.from(), part.to());
    return () -> System.arraycopy(saved, 0, displacement, part.from(), saved.length);
  }

  /** Every particle becomes several at its place. */
  Chain enlarged(int factor) {
    double[] x = new double[particles() * factor];
    Arrays.setAll(x, i -> displacement[i / factor]);
    return new Chain(x);
  }
}
