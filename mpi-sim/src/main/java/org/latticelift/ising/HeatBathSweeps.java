package org.latticelift.ising;

import org.latticelift.random.RandomStream;
import org.latticelift.system.Duration;
import org.latticelift.system.Progression;

/**
 * Heat-bath sweeps in typewriter order (PT-03): every site in turn flips with probability 1/(1 +
 * exp(dH/T)). The same equilibrium as in continuous time, but another transient (DI-10). A sweep
 * tries every site once, as a unit of continuous time does on average, and counts as one.
 */
final class HeatBathSweeps {
  private final GlauberRates rates;

  HeatBathSweeps(GlauberRates rates) {
    this.rates = rates;
  }

  /** Whole sweeps, at least one: the nearest number to a time, or until so many flips are made. */
  Progression advance(SpinLattice lattice, Duration duration, RandomStream stream) {
    boolean byTime = duration.kind() == Duration.Kind.TIME;
    long flips = 0;
    long sweeps = 0;
    do {
      flips += sweep(lattice, stream);
      sweeps++;
    } while (byTime ? sweeps < Math.round(duration.value()) : flips < duration.value());
    return new Progression(flips, sweeps);
  }

  private long sweep(SpinLattice lattice, RandomStream stream) {
    byte[] code = lattice.codes();
    double[] rate = rates.rates();
    long flips = 0;
    for (int site = 0; site < code.length; site++) {
      if (stream.uniform() < rate[code[site]]) {
        lattice.flip(site);
        flips++;
      }
    }
    return flips;
  }
}
