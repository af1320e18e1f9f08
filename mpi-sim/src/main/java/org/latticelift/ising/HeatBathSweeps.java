package org.latticelift.ising;

import org.latticelift.random.RandomStream;
import org.latticelift.system.Duration;
import org.latticelift.system.Progression;

/**
 * Heat-bath sweeps in typewriter order (PT-03): every site in turn flips with probability 1/(1 +
 * exp(dH/T)). The same equilibrium as in continuous time, but another transient (DI-10). A sweep
 * tries every site once, as a unit of continuous time does on average, and counts as one.
 *
 * <p>Where a flip takes thousands of sweeps, those without one are not made but counted: their
 * number is geometric, and the next sweep is drawn under the condition that something flips in it.
 */
final class HeatBathSweeps {
  /** Expected flips of a sweep below which sweeps without a flip are skipped. */
  private static final double RARE = 0x1p-10;

  private final GlauberRates rates;
  private final double[] hazard = new double[SiteClass.CODES];

  HeatBathSweeps(GlauberRates rates) {
    this.rates = rates;
    for (int c = 0; c < hazard.length; c++) {
      hazard[c] = -StrictMath.log1p(-rates.rates()[c]);
    }
  }

  /** Whole sweeps, at least one: the nearest number to a time, or until so many flips are made. */
  Progression advance(SpinLattice lattice, Duration duration, RandomStream stream) {
    boolean byTime = duration.kind() == Duration.Kind.TIME;
    double most = byTime ? Math.max(1, Math.floor(duration.value() + 0.5)) : Double.MAX_VALUE;
    double wanted = byTime ? Double.MAX_VALUE : duration.value();
    long flips = 0;
    double sweeps = 0;
    do {
      if (GlauberRates.total(lattice.counts(), rates.rates()) < RARE) {
        double hazardOfSweep = hazard(lattice);
        sweeps += Math.floor(stream.fastExponential() / hazardOfSweep);
        if (sweeps >= most) {
          return new Progression(flips, most);
        }
        flips += sweepWithAFlip(lattice, hazardOfSweep, stream);
      } else {
        flips += sweep(lattice, 0, stream);
      }
      sweeps++;
    } while (sweeps < most && flips < wanted);
    return new Progression(flips, sweeps);
  }

  /** Minus the logarithm of the probability that nothing flips in a sweep. */
  private double hazard(SpinLattice lattice) {
    double sum = 0;
    for (int c = 0; c < hazard.length; c++) {
      sum += lattice.counts()[c] == 0 ? 0 : lattice.counts()[c] * hazard[c];
    }
    if (!(sum > 0)) {
      throw GlauberSimulator.stuck(sum, rates);
    }
    return sum;
  }

  private long sweepWithAFlip(SpinLattice lattice, double hazardOfSweep, RandomStream stream) {
    byte[] code = lattice.codes();
    double left = -StrictMath.log1p(stream.uniform() * StrictMath.expm1(-hazardOfSweep));
    int first = 0;
    for (int site = 0; site < code.length && left > 0; site++) {
      if (hazard[code[site]] > 0) {
        left -= hazard[code[site]];
        first = site;
      }
    }
    lattice.flip(first);
    return 1 + sweep(lattice, first + 1, stream);
  }

  private long sweep(SpinLattice lattice, int from, RandomStream stream) {
    byte[] code = lattice.codes();
    double[] rate = rates.rates();
    long flips = 0;
    for (int site = from; site < code.length; site++) {
      if (stream.uniform() < rate[code[site]]) {
        lattice.flip(site);
        flips++;
      }
    }
    return flips;
  }
}
