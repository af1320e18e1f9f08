package org.latticelift.bench.speed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * What the Java machine allocates for a lattice, as its own counter of allocated bytes says.
 *
 * @param sites lattice sites
 * @param bytes allocated for the state: what another copy of it costs
 * @param sharedBytes allocated once per shape beside the state, for reading environments
 */
public record LatticeMemory(long sites, long bytes, long sharedBytes) {
  private static final int REPEATS = 5;

  /** Measures a cube ({@code cells}: cells per axis). */
  public static LatticeMemory measure(Crystal crystal, int cells) {
    Lattice[] made = new Lattice[2];
    long first = Long.MAX_VALUE;
    long copy = Long.MAX_VALUE;
    for (int i = 0; i < REPEATS; i++) {
      first = Math.min(first, allocated(() -> made[0] = new Lattice(crystal, cells, cells, cells)));
      copy = Math.min(copy, allocated(() -> made[1] = made[0].copy()));
    }
    return new LatticeMemory(made[1].sites(), copy, first - copy);
  }

  private static long allocated(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    action.run();
    return threads.getThreadAllocatedBytes(id) - before;
  }

  /** Memory of the state; bytes per site. */
  public double bytesPerSite() {
    return (double) bytes / sites;
  }

  /** One line for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "lattice of %d sites: %.3f bytes per site, and %.0f kB once per shape",
        sites,
        bytesPerSite(),
        sharedBytes / 1e3);
  }
}
