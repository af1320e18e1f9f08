package org.latticelift.kmc;

import java.lang.management.ManagementFactory;
import org.latticelift.barrier.BarrierModel;
import org.latticelift.crystal.Crystal;
import org.latticelift.lattice.Lattice;
import org.latticelift.random.RandomStream;

/**
 * Measures jumps per second without the cost of a barrier network. Not a test; run its main from
 * the test class path, with arguments seconds and repeats.
 */
public final class VacancySimulatorBench {
  private VacancySimulatorBench() {}

  /**
   * Prints one line per case.
   *
   * @param args seconds per case, repeats
   */
  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
    int repeats = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    for (int r = 0; r < repeats; r++) {
      run("1024 sites, 1 vacancy, all rates cached", 8, 1, 300, 1L << 24, seconds);
      run("1024 sites, 1 vacancy, new environments", 8, 1, 5000, 1L << 26, seconds);
      run("1024 sites, 1 vacancy, no cache", 8, 1, 5000, 0, seconds);
      run("524288 sites, 512 vacancies, all cached", 64, 512, 300, 1L << 24, seconds);
      run("524288 sites, 512 vacancies, no cache", 64, 512, 5000, 0, seconds);
    }
  }

  private static void run(
      String label, int cells, int vacancies, double kelvin, long bytes, double seconds) {
    Crystal crystal = Crystal.bcc();
    BarrierModel model = new HashModel(crystal, 3);
    Lattice lattice = RandomAlloy.of(crystal, cells, cells, cells, 3, vacancies, 1);
    EnvironmentCache cache = bytes == 0 ? null : new EnvironmentCache(model, kelvin, bytes);
    VacancySimulator simulator = new VacancySimulator(lattice, model, kelvin, cache);
    simulator.activateAll();
    RandomStream stream = RandomAlloy.stream(1, 2);
    simulator.runEvents(300_000, Clock.EXPONENTIAL, stream);
    long start = System.nanoTime();
    long cpu = cpu();
    long jumps = 0;
    while (System.nanoTime() - start < 1e9 * seconds) {
      jumps += simulator.runEvents(10_000, Clock.EXPONENTIAL, stream);
    }
    double elapsed = 1e-9 * (cpu() - cpu);
    System.out.printf(
        "%-42s %8.3f million jumps/s, hit rate %.3f%n",
        label, jumps / elapsed / 1e6, cache == null ? 0 : cache.hitRate());
  }

  /** Time of this thread only, so that other work on the machine counts less. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
