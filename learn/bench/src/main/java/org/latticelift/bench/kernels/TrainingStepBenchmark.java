package org.latticelift.bench.kernels;

import org.latticelift.bench.speed.SdeCase;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.gradient.Arithmetics;
import org.latticelift.learn.train.gradient.BlockArithmetic;
import org.latticelift.learn.train.gradient.FusedObjective;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Loss and gradient of one batch of 1024, in nanoseconds per sample; checks the cost model of
 * {@code FusedObjective}.
 */
public class TrainingStepBenchmark extends KernelBenchmark {
  private static final int BATCH = 1024;

  /** The networks of the paper. */
  @Param({"plain d=4", "onsager d=6"})
  public String model;

  /** The fast arithmetic or its twin. */
  @Param({"fastest", "plain"})
  public String arithmetic;

  private FusedObjective<float[]> objective;
  private float[] parameters;
  private float[] gradient;
  private final int[] order = new int[BATCH];

  /** Draws parameters and pairs. */
  @Setup
  public void fill() {
    SdeArchitecture a =
        SdeCase.ALL.stream()
            .filter(c -> c.name().equals(model))
            .findFirst()
            .orElseThrow()
            .architecture();
    BlockArithmetic<float[]> form =
        arithmetic.equals("plain") ? Arithmetics.plain() : Arithmetics.fastest();
    RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK);
    parameters = SdeParameters.initial(a, stream).flat();
    gradient = new float[parameters.length];
    int d = a.dimension();
    float[] state = new float[BATCH * d];
    float[] increment = new float[BATCH * d];
    float[] duration = new float[BATCH];
    float[] condition = new float[BATCH];
    for (int k = 0; k < BATCH; k++) {
      for (int i = 0; i < d; i++) {
        state[k * d + i] = (float) stream.normal();
        increment[k * d + i] = (float) (0.3 * stream.normal());
      }
      duration[k] = 0.01f;
      condition[k] = 0.5f;
      order[k] = k;
    }
    Samples samples = Samples.of(d, state, increment, new float[0], duration, condition);
    objective =
        new FusedObjective<>(a, TrainingProblem.plain(8, 1e-4, samples, Samples.none(d)), form);
    objective.order(order);
  }

  /** Forward and backward pass. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public double gradient() {
    return objective.gradient(parameters, 0, BATCH, gradient);
  }
}
