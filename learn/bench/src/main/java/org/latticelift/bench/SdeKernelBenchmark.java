package org.latticelift.bench;

import java.util.concurrent.TimeUnit;
import org.latticelift.random.Purpose;
import org.latticelift.random.RandomStream;
import org.latticelift.random.Streams;
import org.latticelift.sde.DiffusionSpec;
import org.latticelift.sde.DriftSpec;
import org.latticelift.sde.SdeArchitecture;
import org.latticelift.sde.SdeKernel;
import org.latticelift.sde.SdeParameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Drift and diffusion of the alloy's networks (ME-63), in nanoseconds per trajectory and step;
 * checks the cost model of {@code BatchedSdeKernel}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SdeKernelBenchmark {
  private static final int BLOCK = 128;
  private static final int DIMENSION = 6;

  /** The fast kernel or its twin. */
  @Param({"batched", "plain"})
  public String kernel;

  private final float[][] z = new float[DIMENSION][BLOCK];
  private final float[][] drift = new float[DIMENSION][BLOCK];
  private final float[][] sigma = new float[DIMENSION * DIMENSION][BLOCK];
  private SdeKernel evaluated;

  /** Draws parameters and states. */
  @Setup
  public void fill() {
    SdeArchitecture alloy =
        new SdeArchitecture(DIMENSION, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64));
    RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK);
    SdeParameters parameters = SdeParameters.initial(alloy, stream);
    evaluated =
        kernel.equals("plain")
            ? SdeKernel.plain(alloy, parameters, 2000, BLOCK)
            : SdeKernel.batched(alloy, parameters, 2000, BLOCK);
    for (float[] component : z) {
      for (int i = 0; i < BLOCK; i++) {
        component[i] = (float) stream.normal();
      }
    }
  }

  /** One step of a block. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public float[][] evaluate() {
    evaluated.evaluate(BLOCK, z, drift, sigma);
    return drift;
  }
}
