package org.latticelift.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.latticelift.crystal.Crystal;
import org.latticelift.kmc.Clock;
import org.latticelift.kmc.EnvironmentCache;
import org.latticelift.kmc.VacancySimulator;
import org.latticelift.lattice.Lattice;
import org.latticelift.random.Purpose;
import org.latticelift.random.RandomStream;
import org.latticelift.random.Streams;

/**
 * Jumps per core-second of {@link VacancySimulator} in a random alloy of equal shares with one
 * vacancy per 1024 sites. Time is processor time of this thread, so that other work on the machine
 * counts less; a shared core or a shared cache still slows it.
 */
public final class KmcBenchmark {
  private static final int SITES_PER_VACANCY = 1024;
  private static final int SLICES = 7;
  private static final int CHUNK = 500;
  private static final double NANOS = 1e9;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private KmcBenchmark() {}

  /**
   * Measures one case.
   *
   * @param what the case
   * @param seconds processor time to measure for, after half as long a warm-up
   * @return its speed
   */
  public static KmcSpeed measure(KmcCase what, double seconds) {
    int n = what.cells();
    Lattice lattice = randomAlloy(what.model().crystal(), n, what.model().species());
    EnvironmentCache cache =
        what.cacheBytes() > 0
            ? new EnvironmentCache(what.model(), what.temperatureK(), what.cacheBytes())
            : null;
    VacancySimulator simulator =
        new VacancySimulator(lattice, what.model(), what.temperatureK(), cache);
    simulator.activateAll();
    RandomStream stream = new Streams(2).stream(Purpose.BENCHMARK);
    slice(simulator, stream, seconds / 2);
    long lookups = cache == null ? 0 : cache.lookups();
    long hits = cache == null ? 0 : cache.hits();
    long jumps = simulator.jumps();
    double[] rates = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      rates[i] = slice(simulator, stream, seconds / SLICES);
    }
    Arrays.sort(rates);
    jumps = simulator.jumps() - jumps;
    lookups = cache == null ? 0 : cache.lookups() - lookups;
    hits = cache == null ? 0 : cache.hits() - hits;
    return new KmcSpeed(
        what.model().name(),
        lattice.sites(),
        simulator.vacancyCount(),
        cache != null,
        rates[SLICES / 2],
        rates[0],
        rates[SLICES - 1],
        lookups == 0 ? 0 : (double) hits / lookups,
        lookups == 0 ? Double.NaN : (double) lookups / jumps);
  }

  private static double slice(VacancySimulator simulator, RandomStream stream, double seconds) {
    long start = THREADS.getCurrentThreadCpuTime();
    long end = start + (long) (seconds * NANOS);
    long jumps = 0;
    long now;
    do {
      jumps += simulator.runEvents(CHUNK, Clock.EXPONENTIAL, stream);
      now = THREADS.getCurrentThreadCpuTime();
    } while (now < end);
    return jumps * NANOS / (now - start);
  }

  /**
   * A random alloy of equal shares with vacancies at random places.
   *
   * @param crystal the crystal
   * @param cells cells per axis
   * @param species number of species
   * @return the same lattice for the same arguments
   */
  static Lattice randomAlloy(Crystal crystal, int cells, int species) {
    Lattice lattice = new Lattice(crystal, cells, cells, cells);
    long vacancies = Math.max(1, lattice.sites() / SITES_PER_VACANCY);
    RandomStream random = new Streams(1).stream(Purpose.BENCHMARK, cells);
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
}
