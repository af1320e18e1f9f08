package org.latticelift.bench.study.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.latticelift.bench.speed.Rates;
import org.latticelift.bench.speed.Slices;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.systems.spins.GlauberSimulator;
import org.latticelift.sim.systems.spins.SpinLattice;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

/**
 * Flips per core-second of {@link GlauberSimulator}. The two ways to draw sites take turns slice by
 * slice, so that other work on the machine slows both alike. Time is processor time of this thread.
 */
public final class IsingBenchmark {
  private static final int SLICES = 9;
  private static final int CHUNK = 20_000;
  private static final int SWEEPS = 20;

  private IsingBenchmark() {}

  /**
   * Measures one side length, after {@value #SWEEPS} flips per site from the ordered state ({@code
   * side}: sites per row; {@code seconds}: processor time per way to draw sites, after half as long
   * a warm-up); acceptance, then class lists.
   */
  public static List<IsingSpeed> measure(
      int side, double temperature, double field, double seconds) {
    GlauberRates rates = new GlauberRates(temperature, field);
    List<Case> cases =
        List.of(
            new Case("acceptance", GlauberSimulator.byAcceptance(equilibrium(side, rates), rates)),
            new Case("lists", GlauberSimulator.byClassLists(equilibrium(side, rates), rates)));
    boolean acceptance = new GlauberSimulator(equilibrium(side, rates), rates).drawsByAcceptance();
    for (Case one : cases) {
      one.slice(seconds / 2);
      one.begin = one.simulator.time();
      one.flips = one.simulator.flips();
    }
    for (int i = 0; i < SLICES; i++) {
      for (Case one : cases) {
        one.rates[i] = one.slice(seconds / SLICES);
      }
    }
    List<IsingSpeed> speeds = new ArrayList<>();
    for (Case one : cases) {
      speeds.add(one.speed(acceptance == one.name.equals("acceptance")));
    }
    return speeds;
  }

  private static SpinLattice equilibrium(int side, GlauberRates rates) {
    byte[] up = new byte[side * side];
    Arrays.fill(up, (byte) 1);
    SpinLattice lattice = SpinLattice.of(up);
    new GlauberSimulator(lattice, rates)
        .runEvents((long) SWEEPS * up.length, new Streams(1).stream(Purpose.BENCHMARK, side));
    return lattice;
  }

  /** One way to draw sites while it is measured. */
  private static final class Case {
    private final String name;
    private final GlauberSimulator simulator;
    private final RandomStream stream = new Streams(2).stream(Purpose.BENCHMARK);
    private final double[] rates = new double[SLICES];
    private double begin;
    private long flips;

    Case(String name, GlauberSimulator simulator) {
      this.name = name;
      this.simulator = simulator;
    }

    double slice(double seconds) {
      simulator.runEvents(CHUNK, stream);
      return Rates.of(
          seconds,
          () -> {
            simulator.runEvents(CHUNK, stream);
            return CHUNK;
          });
    }

    IsingSpeed speed(boolean chosen) {
      Rates measured = Rates.of(rates);
      SpinLattice lattice = simulator.lattice();
      double perTime = (simulator.flips() - flips) / (simulator.time() - begin);
      return new IsingSpeed(
          lattice.side(),
          name,
          chosen,
          measured.median(),
          measured.slices(),
          perTime / lattice.sites(),
          lattice.meanSpin());
    }
  }

  /**
   * Measured speed of the Ising model on one lattice. All rates are per second of processor time of
   * the measuring thread.
   *
   * @param side sites per row
   * @param draw how sites are drawn: acceptance or class lists
   * @param chosen whether the simulator left alone draws this way at this temperature
   * @param flipsPerSecond median of the slices
   * @param slices the slowest and the fastest of them
   * @param ratePerSite flips per site and unit time of the process
   * @param meanSpin magnetisation per site at the end
   */
  public record IsingSpeed(
      int side,
      String draw,
      boolean chosen,
      double flipsPerSecond,
      @Part Slices slices,
      double ratePerSite,
      double meanSpin) {

    /** Heads the columns of {@link #line}. */
    public static final String HEADER =
        "  side  draw             flips/s   (slowest - fastest)    flips per site and time";

    /** One line for people; a star marks the way that is chosen; the speed in a table row. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%6d  %-11s%s  %10.3g   (%.3g - %.3g)   %.4f",
          side,
          draw,
          chosen ? "*" : " ",
          flipsPerSecond,
          slices.slowest(),
          slices.fastest(),
          ratePerSite);
    }
  }
}
