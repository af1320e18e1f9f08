package org.latticelift.bench.kernels;

import java.util.Arrays;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.systems.spins.GlauberSimulator;
import org.latticelift.sim.systems.spins.SpinLattice;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One flip of the Ising model in nanoseconds; checks the cost models of both ways to draw the next
 * site. As a command: {@code latticelift bench ising}.
 */
public class IsingKernelBenchmark extends KernelBenchmark {
  private static final int FLIPS = 10_000;
  private static final int SWEEPS = 20;

  /** Sites per row. */
  @Param({"64", "256", "1024"})
  public int side;

  /** Temperature; the field is 0.1 above the critical point and 0 near it. */
  @Param({"2.5", "2.27"})
  public double temperature;

  private GlauberSimulator acceptance;
  private GlauberSimulator lists;
  private RandomStream stream;

  /** Equilibrates. */
  @Setup
  public void equilibrate() {
    GlauberRates rates = new GlauberRates(temperature, temperature > 2.4 ? 0.1 : 0);
    byte[] up = new byte[side * side];
    Arrays.fill(up, (byte) 1);
    SpinLattice lattice = SpinLattice.of(up);
    stream = new Streams(1).stream(Purpose.BENCHMARK, side);
    new GlauberSimulator(lattice, rates).runEvents((long) SWEEPS * up.length, stream);
    acceptance = GlauberSimulator.byAcceptance(lattice.copy(), rates);
    lists = GlauberSimulator.byClassLists(lattice, rates);
  }

  /** A flip drawn by acceptance. */
  @Benchmark
  @OperationsPerInvocation(FLIPS)
  public double acceptance() {
    acceptance.runEvents(FLIPS, stream);
    return acceptance.time();
  }

  /** A flip drawn from class lists. */
  @Benchmark
  @OperationsPerInvocation(FLIPS)
  public double classLists() {
    lists.runEvents(FLIPS, stream);
    return lists.time();
  }
}
