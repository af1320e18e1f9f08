package org.latticelift.sim.systems.ising;

import java.nio.ByteBuffer;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;

/**
 * Heat-bath sweeps in typewriter order (PT-03): every site in turn flips with probability 1/(1 +
 * exp(dH/T)). The same equilibrium as in continuous time, but another transient (DI-10). A sweep
 * tries every site once, as a unit of continuous time does on average, and counts as one. Whole
 * sweeps are made, at least one: the nearest number to a time, or until there are so many flips.
 *
 * <p>Where a flip takes thousands of sweeps, those without one are not made but counted: their
 * number is geometric, and the next sweep is drawn under the condition that something flips in it.
 */
final class HeatBathSweeps implements Stretch {
  /** Expected flips of a sweep below which sweeps without a flip are skipped. */
  private static final double RARE = 0x1p-10;

  /** Sites tried in a piece. */
  private static final int PIECE = 1 << 22;

  private final SpinLattice lattice;
  private final GlauberRates rates;
  private final double[] hazard = new double[SiteClass.CODES];
  private final RandomStream stream;
  private final double mostSweeps;
  private final double wantedFlips;
  private int site;
  private long flips;
  private double sweeps;

  HeatBathSweeps(SpinLattice lattice, GlauberRates rates, Duration duration, RandomStream stream) {
    this.lattice = lattice;
    this.rates = rates;
    this.stream = stream;
    boolean byTime = duration.kind() == Duration.Kind.TIME;
    this.mostSweeps = byTime ? Math.max(1, Math.floor(duration.value() + 0.5)) : Double.MAX_VALUE;
    this.wantedFlips = byTime ? Double.MAX_VALUE : duration.value();
    for (int c = 0; c < hazard.length; c++) {
      hazard[c] = -StrictMath.log1p(-rates.rates()[c]);
    }
  }

  HeatBathSweeps resumed(byte[] saved) {
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    site = bytes.getInt();
    flips = bytes.getLong();
    sweeps = bytes.getDouble();
    return this;
  }

  @Override
  public boolean done() {
    return sweeps > 0 && site == 0 && (sweeps >= mostSweeps || flips >= wantedFlips);
  }

  @Override
  public void advance() {
    for (int left = PIECE; left > 0 && !done(); ) {
      if (site == 0 && GlauberRates.total(lattice.counts(), rates.rates()) < RARE) {
        left -= lattice.sites();
        skipToAFlip();
      } else {
        int to = Math.min(lattice.sites(), site + left);
        left -= to - site;
        sweep(to);
      }
    }
  }

  /** Counts the sweeps in which nothing flips, and makes the next one up to its first flip. */
  private void skipToAFlip() {
    double hazardOfSweep = hazard();
    sweeps += Math.floor(stream.fastExponential() / hazardOfSweep);
    if (sweeps >= mostSweeps) {
      sweeps = mostSweeps;
      return;
    }
    byte[] code = lattice.codes();
    double left = -StrictMath.log1p(stream.uniform() * StrictMath.expm1(-hazardOfSweep));
    int first = 0;
    for (int at = 0; at < code.length && left > 0; at++) {
      if (hazard[code[at]] > 0) {
        left -= hazard[code[at]];
        first = at;
      }
    }
    lattice.flip(first);
    flips++;
    moveTo(first + 1);
  }

  /** Minus the logarithm of the probability that nothing flips in a sweep. */
  private double hazard() {
    double sum = 0;
    for (int c = 0; c < hazard.length; c++) {
      sum += lattice.counts()[c] == 0 ? 0 : lattice.counts()[c] * hazard[c];
    }
    if (!(sum > 0)) {
      throw GlauberSimulator.stuck(sum, rates);
    }
    return sum;
  }

  private void sweep(int to) {
    byte[] code = lattice.codes();
    double[] rate = rates.rates();
    for (int at = site; at < to; at++) {
      if (stream.uniform() < rate[code[at]]) {
        lattice.flip(at);
        flips++;
      }
    }
    moveTo(to);
  }

  private void moveTo(int next) {
    site = next == lattice.sites() ? 0 : next;
    sweeps += site == 0 ? 1 : 0;
  }

  @Override
  public Progression made() {
    return new Progression(flips, sweeps);
  }

  @Override
  public byte[] save() {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES + Double.BYTES)
        .putInt(site)
        .putLong(flips)
        .putDouble(sweeps)
        .array();
  }
}
