package org.latticelift.bench.kernels;

import java.util.concurrent.TimeUnit;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.basin.AbsorbingChain;
import org.latticelift.sim.vacancy.basin.PathFactorisation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One passage through a basin in microseconds; checks the cost model of {@code PathFactorisation}.
 * The chain is a random tree with a few loops, as lattice hops make it, and rates over six decades;
 * a passage has about ten thousand jumps.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BasinBenchmark extends KernelBenchmark {
  private static final double DECADES = 6;
  private static final double DEPTH = 1e-3;
  private static final int STATES_PER_LOOP = 16;

  /** States. */
  @Param({"2", "8", "64"})
  public int states;

  private final AbsorbingChain chain = new AbsorbingChain();
  private final PathFactorisation paths = new PathFactorisation();
  private final RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK, 64);

  /** Builds the chain. */
  @Setup
  public void build() {
    for (int i = 0; i < states; i++) {
      chain.add();
      chain.leaving(i, DEPTH * rate());
      if (i > 0) {
        chain.connect(i, stream.below(i), rate(), rate());
      }
    }
    for (int k = 0; k < states / STATES_PER_LOOP; k++) {
      int i = stream.below(states);
      int j = stream.below(states);
      if (i != j) {
        chain.connect(i, j, rate(), rate());
      }
    }
    paths.factorise(chain, 0, 0);
  }

  private double rate() {
    return Math.pow(10, -DECADES * stream.uniform());
  }

  /** Eliminates all states. */
  @Benchmark
  public void factorise() {
    paths.factorise(chain, 0, 0);
  }

  /** Draws a passage after one factorisation. */
  @Benchmark
  public double draw() {
    paths.draw(stream);
    return paths.duration();
  }
}
