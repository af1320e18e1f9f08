package org.latticelift.bench.speed;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Jumps per core-second of {@link VacancySimulator} in an alloy of equal shares with one vacancy
 * per 1024 sites. It starts as a random alloy. For temperatures below 2000 K it is annealed first:
 * 400 000 jumps at each of 2000, 1400, 1000 and 700 K that are higher than the temperature, and as
 * many at the temperature itself.
 */
public final class KmcBenchmark {
  private static final int SITES_PER_VACANCY = 1024;
  private static final int SLICES = 7;
  private static final int CHUNK = 500;
  private static final double[] ANNEALING_KELVIN = {2000, 1400, 1000, 700};
  private static final long ANNEALING_JUMPS = 400_000;
  private static final long ANNEALING_CACHE = 1L << 25;

  private KmcBenchmark() {}

  /**
   * Measures one case ({@code seconds}: processor time to measure for, after half as long a
   * warm-up).
   */
  public static KmcSpeed measure(KmcCase what, double seconds) {
    Lattice lattice = randomAlloy(what.model().crystal(), what.cells(), what.model().species());
    RandomStream stream = new Streams(2).stream(Purpose.BENCHMARK);
    long annealed = anneal(lattice, what, stream);
    EnvironmentCache cache = cache(what, what.temperatureK(), what.cacheBytes());
    VacancySimulator simulator =
        new VacancySimulator(lattice, what.model(), what.temperatureK(), cache);
    simulator.activateAll();
    LongSupplier work = () -> simulator.runEvents(CHUNK, Clock.EXPONENTIAL, stream);
    Rates.of(seconds / 2, work);
    long lookups = cache == null ? 0 : cache.lookups();
    long hits = cache == null ? 0 : cache.hits();
    long jumps = simulator.jumps();
    Rates rates = Rates.inSlices(SLICES, seconds, work);
    jumps = simulator.jumps() - jumps;
    lookups = cache == null ? 0 : cache.lookups() - lookups;
    hits = cache == null ? 0 : cache.hits() - hits;
    return new KmcSpeed(
        what.model().name(),
        what.temperatureK(),
        annealed,
        lattice.sites(),
        simulator.vacancyCount(),
        cache != null,
        rates.median(),
        rates.slices(),
        lookups == 0 ? 0 : (double) hits / lookups,
        lookups == 0 ? Double.NaN : (double) lookups / jumps);
  }

  private static EnvironmentCache cache(KmcCase what, double kelvin, long bytes) {
    return bytes == 0 ? null : new EnvironmentCache(what.model(), kelvin, bytes);
  }

  /** Lets the atoms order; returns the jumps made. */
  private static long anneal(Lattice lattice, KmcCase what, RandomStream stream) {
    double target = what.temperatureK();
    long jumps = 0;
    if (target < ANNEALING_KELVIN[0]) {
      for (double kelvin : ANNEALING_KELVIN) {
        if (kelvin > target) {
          jumps += anneal(lattice, what, kelvin, stream);
        }
      }
      jumps += anneal(lattice, what, target, stream);
    }
    return jumps;
  }

  private static long anneal(Lattice lattice, KmcCase what, double kelvin, RandomStream stream) {
    VacancySimulator simulator =
        new VacancySimulator(lattice, what.model(), kelvin, cache(what, kelvin, ANNEALING_CACHE));
    simulator.activateAll();
    return simulator.runEvents(ANNEALING_JUMPS, Clock.EXPONENTIAL, stream);
  }

  /**
   * A random alloy of equal shares with vacancies at random places ({@code cells}: cells per axis);
   * the same lattice for the same arguments.
   */
  public static Lattice randomAlloy(Crystal crystal, int cells, int species) {
    return randomAlloy(crystal, cells, species, cells);
  }

  /** The same for another key of the random numbers. */
  public static Lattice randomAlloy(Crystal crystal, int cells, int species, long key) {
    Lattice lattice = new Lattice(crystal, cells, cells, cells);
    long vacancies = Math.max(1, lattice.sites() / SITES_PER_VACANCY);
    RandomStream random = new Streams(1).stream(Purpose.BENCHMARK, key);
    int[] codes = new int[Math.toIntExact(lattice.sites())];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i < vacancies ? Lattice.VACANCY : 1 + i % species;
    }
    random.shuffle(codes);
    for (int i = 0; i < codes.length; i++) {
      lattice.set(i, (byte) codes[i]);
    }
    return lattice;
  }

  /**
   * What is measured.
   *
   * @param model barriers
   * @param cells cells per axis of a cube
   * @param temperatureK K
   * @param cacheBytes memory of the environment cache, 0 for none
   */
  public record KmcCase(BarrierModel model, int cells, double temperatureK, long cacheBytes) {}

  /**
   * Measured speed of one case. All rates are per second of processor time of the measuring thread.
   *
   * @param model name of the barrier model
   * @param temperatureK K
   * @param annealingJumps jumps made from a random alloy before measuring, see {@link KmcBenchmark}
   * @param sites lattice sites
   * @param vacancies active vacancies, one per 1024 sites (AL-02)
   * @param cached whether an environment cache was used
   * @param jumpsPerSecond median of the slices
   * @param slices the slowest and the fastest of them
   * @param hitRate share of environments found in the cache while measuring, 0 without a cache
   * @param barriersPerJump rates evaluated or looked up per jump, in vacancies; NaN without a cache
   */
  public record KmcSpeed(
      String model,
      double temperatureK,
      long annealingJumps,
      long sites,
      int vacancies,
      boolean cached,
      double jumpsPerSecond,
      @Part Slices slices,
      double hitRate,
      double barriersPerJump) {

    /** Heads the columns of {@link #line}. */
    public static final String HEADER =
        "model          sites     K cache     jumps/s   (slowest - fastest)   hit rate";

    /** One line for people; the speed in a table row. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%-10s %9d %5.0f  %-5s %10.0f   (%.0f - %.0f)%s",
          model,
          sites,
          temperatureK,
          cached ? "on" : "off",
          jumpsPerSecond,
          slices.slowest(),
          slices.fastest(),
          cached ? String.format(Locale.ROOT, "   %.3f", hitRate) : "");
    }
  }
}
