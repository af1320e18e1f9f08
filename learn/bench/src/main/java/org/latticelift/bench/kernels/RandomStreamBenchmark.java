package org.latticelift.bench.kernels;

import java.util.concurrent.TimeUnit;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of one random number of each kind, in nanoseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RandomStreamBenchmark {
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
