package org.latticelift.bench.kernels;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Patches.SimultaneousEvolutions;
import org.latticelift.sim.system.SystemProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * An evolution of a patch of 16 x 16 spins of a state of 64 x 64 near the critical temperature, in
 * microseconds: alone, with its compensator, and as one of those that are made many at a time.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class IsingPatchesBenchmark extends KernelBenchmark {
  private static final int PATCHES = 16;
  private static final int EVOLUTIONS = 16;
  private static final double SETTLE = 200;
  private static final String SYSTEM =
      """
      system: ising
      conditions: {temperature: [2.27]}
      lattice: {small: 16, large: 64}
      """;

  /** Duration of an evolution. */
  @Param({"2", "32"})
  public double time;

  private Patches<?> plain;
  private Patches<?> compensated;
  private long[] all;
  private Streams streams;
  private int invocations;

  /** Equilibrates. */
  @Setup
  public void equilibrate() {
    ConfigNode config = ConfigNode.parse(SYSTEM, "benchmark");
    open(LatticeSystem.liftable(SystemProvider.find(config.get("system")).create(config)));
  }

  private <S> void open(LatticeSystem<S> system) {
    streams = new Streams(1);
    all = LongStream.range(0, PATCHES).toArray();
    plain = patches(system, false);
    compensated = patches(system, true);
  }

  private <S> Patches<S> patches(LatticeSystem<S> system, boolean withCompensator) {
    Dynamics<S> dynamics = system.dynamics(system.conditions().get(0), 1);
    S state = dynamics.initial(system.large(), stream(0));
    dynamics.advance(state, Duration.time(SETTLE), stream(1));
    return dynamics.patches(state, withCompensator);
  }

  private RandomStream stream(int index) {
    return streams.stream(Purpose.BENCHMARK, invocations++, index);
  }

  /** One after the other. */
  @Benchmark
  public PartialEvolution alone() {
    return plain.evolve(invocations % PATCHES, Duration.time(time), stream(0));
  }

  /** One after the other, with the integral of the generator. */
  @Benchmark
  public PartialEvolution withCompensator() {
    return compensated.evolve(invocations % PATCHES, Duration.time(time), stream(0));
  }

  /** One of 256, 64 at a time. */
  @Benchmark
  @OperationsPerInvocation(PATCHES * EVOLUTIONS)
  public SimultaneousEvolutions manyAtATime() {
    return plain.evolveMany(all, EVOLUTIONS, time, this::stream);
  }
}
