package org.latticelift.sim.systems.ising;

import java.util.Arrays;
import org.latticelift.sim.systems.spin.Window;

/**
 * The generator of Glauber dynamics applied to magnetisation and walls of a patch (EX-05), b(x) =
 * sum over the sites that may flip of rate times change, and its integral over an evolution. Sites
 * of the buffer count with the bonds of the patch that end there; frozen sites have rate 0.
 *
 * <p>All that a flip would change is kept as integers per class of sites, so b(x) is a function of
 * the state alone, whatever happened before. Cost per flip: 20 products for b(x), and five sites
 * with up to four bonds counted anew, about 60 ns; at the beginning about 20 ns per site of the
 * patch. {@code IsingBenchmark} has the flips themselves.
 */
final class PatchDrift implements FlipObserver {
  private static final int MOST_BONDS = SiteClass.NEIGHBOURS;

  private final SpinLattice region;
  private final double[] rate;
  private final double sites;
  private final boolean[] inside;
  private final int[] partner;
  private final byte[] bonds;
  private final boolean[] distant;

  /** Spins of the region, then those around it that bonds of the patch lead to. */
  private byte[] spin;

  private int spins;

  /** The class as which a site is counted, and the walls that its flip would add. */
  private final byte[] code;

  private final byte[] gain;
  private final long[] spinGain = new long[SiteClass.CODES];
  private final long[] wallGain = new long[SiteClass.CODES];
  private final double[] integral = new double[2];

  /**
   * @param lattice with the patch
   * @param patch whose observables are meant
   * @param count which bonds are the patch's
   * @param cut the part of the lattice that evolves, frozen rings included
   * @param region that part, ready to evolve
   */
  PatchDrift(
      SpinLattice lattice,
      Window patch,
      WallCount count,
      Window cut,
      SpinLattice region,
      GlauberRates rates) {
    this.region = region;
    rate = rates.rates();
    sites = patch.sites();
    int n = region.sites();
    inside = new boolean[n];
    partner = new int[MOST_BONDS * n];
    bonds = new byte[n];
    distant = new boolean[n];
    code = new byte[n];
    gain = new byte[n];
    spin = Arrays.copyOf(region.spins(), n);
    spins = n;
    for (int index = 0; index < patch.sites(); index++) {
      inside[cut.index(lattice, patch.site(lattice, index))] = true;
    }
    count.bonds(
        lattice, patch, (site, other) -> add(lattice, cut.index(lattice, site), other, cut));
    for (int site = 0; site < n; site++) {
      enter(site);
    }
  }

  private void add(SpinLattice lattice, int own, int other, Window cut) {
    int end = cut.index(lattice, other);
    if (end < 0) {
      end = surrounding(lattice.spin(other));
    } else {
      join(end, own);
    }
    join(own, end);
  }

  private int surrounding(int value) {
    if (spins == spin.length) {
      spin = Arrays.copyOf(spin, spin.length + region.side() * SiteClass.NEIGHBOURS);
    }
    spin[spins] = (byte) value;
    return spins++;
  }

  private void join(int site, int end) {
    partner[MOST_BONDS * site + bonds[site]++] = end;
    distant[site] |= end < region.sites() && !adjacent(site, end);
  }

  private boolean adjacent(int a, int b) {
    for (int axis = 0; axis < 2; axis++) {
      if (region.neighbour(a, axis, 1) == b || region.neighbour(a, axis, -1) == b) {
        return true;
      }
    }
    return false;
  }

  private void enter(int site) {
    code[site] = region.codes()[site];
    gain[site] = gain(site);
    count(site, 1);
  }

  private void count(int site, int sign) {
    if (inside[site]) {
      spinGain[code[site]] -= 2L * sign * spin[site];
    }
    wallGain[code[site]] += sign * gain[site];
  }

  /** A flip makes a wall of every bond between equal spins, and the other way round. */
  private byte gain(int site) {
    int sum = 0;
    int from = MOST_BONDS * site;
    for (int bond = from; bond < from + bonds[site]; bond++) {
      sum += spin[partner[bond]];
    }
    return (byte) (spin[site] * sum);
  }

  @Override
  public void flipped(int site) {
    count(site, -1);
    spin[site] = (byte) -spin[site];
    enter(site);
    for (int axis = 0; axis < 2; axis++) {
      refresh(region.neighbour(site, axis, 1));
      refresh(region.neighbour(site, axis, -1));
    }
    if (distant[site]) {
      int from = MOST_BONDS * site;
      for (int bond = from; bond < from + bonds[site]; bond++) {
        if (partner[bond] < region.sites()) {
          refresh(partner[bond]);
        }
      }
    }
  }

  private void refresh(int site) {
    count(site, -1);
    enter(site);
  }

  @Override
  public void stayed(double time) {
    double spinDrift = 0;
    double wallDrift = 0;
    for (int c = 0; c < SiteClass.FROZEN; c++) {
      spinDrift += rate[c] * spinGain[c];
      wallDrift += rate[c] * wallGain[c];
    }
    integral[0] += spinDrift / sites * time;
    integral[1] += wallDrift / (2 * sites) * time;
  }

  /** The integral of b(x) over all that was followed: magnetisation, then walls. */
  double[] integral() {
    return integral.clone();
  }
}
