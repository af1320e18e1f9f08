package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * The plain twin of {@link VacancySimulator}: before every jump all environments are read and all
 * barriers evaluated anew (AL-44), and the jump is found by plain recursion. Sums are defined in
 * the same order, halves of a power of two of vacancies, so that the same stream gives the same
 * jumps and times bit for bit. Slow; for tests.
 */
public final class PlainVacancySimulator {
  private final Lattice lattice;
  private final BarrierKernel kernel;
  private final ArrheniusRates arrhenius;
  private final long[] site;
  private final int hops;
  private final float[] rates;
  private double time;
  private int chosen;
  private double remainder;

  /**
   * A simulator of some vacancies.
   *
   * @param lattice changed by jumps
   * @param model barriers
   * @param temperatureK 250 to 5000 K
   * @param vacancySites the active vacancies in selection order; copied
   */
  public PlainVacancySimulator(
      Lattice lattice, BarrierModel model, double temperatureK, long[] vacancySites) {
    this.lattice = lattice;
    kernel = model.newKernel();
    arrhenius = new ArrheniusRates(model, temperatureK);
    site = vacancySites.clone();
    hops = lattice.crystal().hopCount();
    rates = new float[site.length * hops];
  }

  /**
   * Makes jumps as {@link VacancySimulator#runEvents} does.
   *
   * @param events jumps to make
   * @param clock how the clock moves
   * @param stream random numbers
   */
  public void runEvents(long events, Clock clock, RandomStream stream) {
    for (long i = 0; i < events; i++) {
      for (int v = 0; v < site.length; v++) {
        evaluate(v);
      }
      int padded = 1;
      while (padded < site.length) {
        padded *= 2;
      }
      double total = sum(0, padded);
      double wait = clock == Clock.EXPONENTIAL ? stream.exponential() : 1;
      time += wait / (total * arrhenius.unit());
      select(0, padded, stream.uniform() * total);
      jump(chosen, RateTable.direction(rates, chosen * hops, hops, remainder));
    }
  }

  private void evaluate(int v) {
    int basis = SiteIndex.b(site[v], lattice.crystal().basisCount());
    var environment = lattice.crystal().environment(basis);
    byte[] codes = new byte[environment.sites()];
    int[] target = new int[hops];
    for (int j = 0; j < codes.length; j++) {
      codes[j] = lattice.get(lattice.neighbour(site[v], environment.offset(j)));
    }
    for (int d = 0; d < hops; d++) {
      target[d] = environment.hopTarget(d);
    }
    kernel.barriers(codes, 0, basis, rates, v * hops);
    arrhenius.replace(codes, 0, target, rates, v * hops);
  }

  private double sum(int from, int count) {
    if (count == 1) {
      return from < site.length ? RateTable.leafSum(rates, from * hops, hops) : 0;
    }
    return sum(from, count / 2) + sum(from + count / 2, count / 2);
  }

  private void select(int from, int count, double target) {
    if (count == 1) {
      chosen = from;
      remainder = target;
      return;
    }
    int half = count / 2;
    double left = sum(from, half);
    if (target <= left || sum(from + half, half) == 0) {
      select(from, half, target);
    } else {
      select(from + half, half, target - left);
    }
  }

  private void jump(int v, int direction) {
    int basis = SiteIndex.b(site[v], lattice.crystal().basisCount());
    var environment = lattice.crystal().environment(basis);
    long to = lattice.neighbour(site[v], environment.offset(environment.hopTarget(direction)));
    lattice.set(site[v], lattice.get(to));
    lattice.set(to, Lattice.VACANCY);
    site[v] = to;
  }

  /**
   * The clock.
   *
   * @return s since construction
   */
  public double time() {
    return time;
  }

  /**
   * Where a vacancy is.
   *
   * @param i index in the order given
   * @return site number
   */
  public long vacancySite(int i) {
    return site[i];
  }
}
