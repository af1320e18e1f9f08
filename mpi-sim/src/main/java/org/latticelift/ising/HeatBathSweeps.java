package org.latticelift.ising;

import java.nio.ByteBuffer;
import org.latticelift.random.RandomStream;
import org.latticelift.system.Duration;
import org.latticelift.system.Progression;
import org.latticelift.system.Stretch;

/**
 * Heat-bath sweeps in typewriter order (PT-03): every site in turn flips with probability 1/(1 +
 * exp(dH/T)). The same equilibrium as in continuous time, but another transient (DI-10). A sweep
 * tries every site once, as a unit of continuous time does on average, and counts as one. Whole
 * sweeps are made, at least one: the nearest number to a time, or until there are so many flips.
 */
final class HeatBathSweeps implements Stretch {
  /** Sites tried in a piece. */
  private static final int PIECE = 1 << 22;

  private final SpinLattice lattice;
  private final GlauberRates rates;
  private final Duration duration;
  private final RandomStream stream;
  private int site;
  private long flips;
  private long sweeps;

  HeatBathSweeps(SpinLattice lattice, GlauberRates rates, Duration duration, RandomStream stream) {
    this.lattice = lattice;
    this.rates = rates;
    this.duration = duration;
    this.stream = stream;
  }

  HeatBathSweeps resumed(byte[] saved) {
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    site = bytes.getInt();
    flips = bytes.getLong();
    sweeps = bytes.getLong();
    return this;
  }

  @Override
  public boolean done() {
    boolean byTime = duration.kind() == Duration.Kind.TIME;
    boolean enough = byTime ? sweeps >= Math.round(duration.value()) : flips >= duration.value();
    return sweeps > 0 && site == 0 && enough;
  }

  @Override
  public void advance() {
    for (int left = PIECE; left > 0 && !done(); ) {
      int to = Math.min(lattice.sites(), site + left);
      left -= to - site;
      flips += sweep(site, to);
      site = to == lattice.sites() ? 0 : to;
      sweeps += site == 0 ? 1 : 0;
    }
  }

  private long sweep(int from, int to) {
    byte[] code = lattice.codes();
    double[] rate = rates.rates();
    long made = 0;
    for (int at = from; at < to; at++) {
      if (stream.uniform() < rate[code[at]]) {
        lattice.flip(at);
        made++;
      }
    }
    return made;
  }

  @Override
  public Progression made() {
    return new Progression(flips, sweeps);
  }

  @Override
  public byte[] save() {
    return ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES)
        .putInt(site)
        .putLong(flips)
        .putLong(sweeps)
        .array();
  }
}
