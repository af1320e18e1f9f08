package org.latticelift.sim.systems.ising;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EventStretch;

/** Flips in continuous time, in pieces. */
final class GlauberStretch extends EventStretch {
  /** Whole reviews of the way of drawing. */
  private static final long PIECE = 16L * GlauberSimulator.REVIEW;

  private final RandomStream stream;
  private final SpinLattice lattice;
  private final GlauberRates rates;
  private GlauberSimulator simulator;

  /** Null for nobody. */
  private FlipObserver observer;

  GlauberStretch(SpinLattice lattice, GlauberRates rates, Duration duration, RandomStream stream) {
    super(duration, PIECE);
    this.stream = stream;
    this.lattice = lattice;
    this.rates = rates;
    simulator = new GlauberSimulator(lattice, rates);
  }

  /** The same flips, of which somebody is told; null for nobody. */
  GlauberStretch observedBy(FlipObserver follower) {
    observer = follower;
    return this;
  }

  GlauberStretch resumed(byte[] saved) {
    simulator = GlauberSimulator.resumed(lattice, rates, restore(saved));
    return this;
  }

  @Override
  protected Piece piece(double stop, long events) {
    long made =
        observer == null
            ? simulator.runUntil(stop, events, stream)
            : simulator.runUntil(stop, events, stream, observer);
    return new Piece(made, simulator.time(), simulator.time() >= stop);
  }

  @Override
  protected byte[] memory() {
    return simulator.save();
  }
}
