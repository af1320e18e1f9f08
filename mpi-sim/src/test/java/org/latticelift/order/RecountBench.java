package org.latticelift.order;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.latticelift.crystal.Crystal;
import org.latticelift.kmc.RandomAlloy;
import org.latticelift.lattice.Lattice;

/** Measures sites per second of a recount of the whole lattice. Not a test; run its main. */
public final class RecountBench {
  private static final int ROUNDS = 40;

  private RecountBench() {}

  /**
   * Prints one line per repeat.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 64, 64, 64, 3, 512, 1);
    OrderParameters order =
        OrderParameters.of(
            Crystal.bcc(), List.of("Nb", "Mo", "Ta"), lattice.counts(), ObservableList.standard());
    Counts counts = order.newCounts();
    for (int repeat = 0; repeat < 4; repeat++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int round = 0; round < ROUNDS; round++) {
        order.recount(lattice, counts);
      }
      long elapsed = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      System.out.printf(
          "%.0f million sites/s%n", 1e3 * ROUNDS * lattice.sites() / (double) elapsed);
    }
  }
}
