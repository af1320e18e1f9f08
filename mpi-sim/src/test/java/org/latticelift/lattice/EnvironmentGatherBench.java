package org.latticelift.lattice;

import java.lang.management.ManagementFactory;
import org.latticelift.crystal.Crystal;
import org.latticelift.kmc.RandomAlloy;
import org.latticelift.random.RandomStream;

/** Measures the time to read an environment, fast and plainly. Not a test; run its main. */
public final class EnvironmentGatherBench {
  private static final int SITES = 4096;
  private static final int ROUNDS = 500;

  private EnvironmentGatherBench() {}

  /**
   * Prints nanoseconds per environment.
   *
   * @param args none
   */
  public static void main(String[] args) {
    for (int repeat = 0; repeat < 3; repeat++) {
      for (int cells : new int[] {8, 64}) {
        run(cells, true);
        run(cells, false);
      }
    }
  }

  private static void run(int cells, boolean fast) {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), cells, cells, cells, 3, 1, 1);
    byte[][] planes = new byte[cells][];
    for (int x = 0; x < cells; x++) {
      planes[x] = lattice.plane(x);
    }
    EnvironmentGather[] gathers = EnvironmentGather.of(Crystal.bcc(), cells, cells);
    int[] place = new int[4 * SITES];
    RandomStream stream = RandomAlloy.stream(1, 1);
    for (int i = 0; i < place.length; i++) {
      place[i] = stream.below(i % 4 == 3 ? 2 : cells);
    }
    byte[] codes = new byte[112];
    long sum = 0;
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < place.length; i += 4) {
        EnvironmentGather gather = gathers[place[i + 3]];
        if (fast) {
          gather.gather(planes, place[i], place[i + 1], place[i + 2], codes, 0);
        } else {
          gather.rim(planes, place[i], place[i + 1], place[i + 2], codes, 0);
        }
        sum += codes[i & 63];
      }
    }
    long elapsed = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    System.out.printf(
        "%d cells, %s: %.1f ns per environment (%d)%n",
        cells, fast ? "fast " : "plain", (double) elapsed / ROUNDS / SITES, sum);
  }
}
