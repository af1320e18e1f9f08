package org.latticelift.bench.study.speed;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.latticelift.bench.speed.Rates;
import org.latticelift.bench.speed.Slices;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.BondCount;
import org.latticelift.sim.vacancy.order.BondCounts;

/**
 * Sites per core-second of a recount of the first-shell pairs in a random equimolar BCC alloy of
 * three species. Time is processor time of this thread.
 */
public final class OrderBenchmark {
  private static final int SPECIES = 3;
  private static final int SLICES = 7;

  private OrderBenchmark() {}

  /**
   * Measures a cube ({@code cells}: cells per axis; {@code seconds}: processor time to measure for,
   * after half as long a warm-up; the plain twin is measured as long).
   */
  public static OrderSpeed measure(int cells, double seconds) {
    Lattice lattice = new Lattice(Crystal.bcc(), cells, cells, cells);
    RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK, cells);
    for (int x = 0; x < cells; x++) {
      byte[] plane = lattice.plane(x);
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (byte) (1 + stream.below(SPECIES));
      }
    }
    Rates fast = rates(BondCounts.fastest(Crystal.bcc(), 1, SPECIES), lattice, seconds);
    Rates plain = rates(BondCounts.plain(Crystal.bcc(), 1), lattice, seconds);
    return new OrderSpeed(lattice.sites(), fast.median(), fast.slices(), plain.median());
  }

  private static Rates rates(BondCount count, Lattice lattice, double seconds) {
    long[] histogram = new long[BondCount.CODES * BondCount.CODES];
    CellBox all = CellBox.all(lattice);
    LongSupplier work =
        () -> {
          count.add(lattice, all, histogram);
          return lattice.sites();
        };
    Rates.of(seconds / 2, work);
    return Rates.inSlices(SLICES, seconds, work);
  }

  /**
   * Measured speed of counting all first-shell pairs of a BCC lattice of three species, per second
   * of processor time of one thread. A site is one byte, so sites/s are bytes/s of the lattice.
   *
   * @param sites lattice sites
   * @param sitesPerSecond median of the slices
   * @param slices the slowest and the fastest of them
   * @param plainSitesPerSecond the plain twin, median
   */
  public record OrderSpeed(
      long sites, double sitesPerSecond, @Part Slices slices, double plainSitesPerSecond) {

    /** Heads the columns of {@link #line}. */
    public static final String HEADER =
        "    sites    sites/s   (slowest - fastest)     plain twin   share of memory bandwidth";

    /** One line for people ({@code bandwidth}: of memory, bytes/s); the speed in a table row. */
    public String line(double bandwidth) {
      return String.format(
          Locale.ROOT,
          "%9d  %9.3g   (%.3g - %.3g) %14.3g %12.1f %%",
          sites,
          sitesPerSecond,
          slices.slowest(),
          slices.fastest(),
          plainSitesPerSecond,
          100 * sitesPerSecond / bandwidth);
    }
  }
}
