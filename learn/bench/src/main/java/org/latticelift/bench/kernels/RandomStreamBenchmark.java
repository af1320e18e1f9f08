package org.latticelift.bench.kernels;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.openjdk.jmh.annotations.Benchmark;

/** The cost of one random number of each kind, in nanoseconds. */
public class RandomStreamBenchmark extends KernelBenchmark {
  private final RandomStream stream = new Streams(1).stream(Purpose.values()[0], 0);

  /** One uniform number. */
  @Benchmark
  public double uniform() {
    return stream.uniform();
  }

  /** One standard normal number. */
  @Benchmark
  public double normal() {
    return stream.normal();
  }

  /** One exponential number. */
  @Benchmark
  public double exponential() {
    return stream.exponential();
  }

  /** One exponential number with the portable logarithm. */
  @Benchmark
  public double fastExponential() {
    return stream.fastExponential();
  }
}
