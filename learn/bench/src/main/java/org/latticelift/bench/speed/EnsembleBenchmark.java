package org.latticelift.bench.speed;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.latticelift.learn.ensemble.EnsembleDevice;
import org.latticelift.learn.ensemble.EnsembleEngine;
import org.latticelift.learn.ensemble.EnsembleKernel;
import org.latticelift.learn.ensemble.EnsembleKernels;
import org.latticelift.learn.ensemble.Walkers;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeProgram;
import org.latticelift.learn.sde.StepScheme;
import org.latticelift.learn.sde.TileArithmetic;
import org.latticelift.learn.sde.TileFactories;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Trajectory-steps per core-second of networks with initial weights, whose values do not matter for
 * the time. Time is processor time of this thread, so that other work on the machine counts less; a
 * shared core or a shared cache still slows it.
 */
public final class EnsembleBenchmark {
  private static final double KELVIN = 2000;
  private static final double STEP = 1e-6;
  private static final int CHUNK = 10;
  private static final int SLICES = 101;
  private static final int STAGE_SLICES = 5;
  private static final double NANOS = 1e9;
  private static final Streams STREAMS = new Streams(1);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int trajectories;
  private final double seconds;

  /**
   * A measurement.
   *
   * @param trajectories number of trajectories
   * @param seconds processor time for each of the kernel and the stage, after half as much warm-up
   */
  public EnsembleBenchmark(int trajectories, double seconds) {
    this.trajectories = trajectories;
    this.seconds = seconds;
  }

  /**
   * Measures kernel, noise and stage of one case.
   *
   * @param what the networks
   * @return the rates
   */
  public EnsembleSpeed measure(SdeCase what) {
    RandomStream stream = STREAMS.stream(Purpose.BENCHMARK);
    SdeParameters parameters = SdeParameters.initial(what.architecture(), stream);
    SdeProgram program = new SdeProgram(what.architecture(), parameters, KELVIN);
    double[] rates = rates(kernel(what, parameters), SLICES);
    double rate = rates[SLICES / 2];
    double[] noise = rates(noise(program.dimension()), SLICES);
    EnsembleStageRun stage = new EnsembleStageRun(what.architecture(), parameters, trajectories);
    double[] stages = rates(stage, STAGE_SLICES);
    return new EnsembleSpeed(
        what.name(),
        TileFactories.fastest().name(),
        program.dimension(),
        trajectories,
        program.operations(),
        rate,
        rates[0],
        rates[SLICES - 1],
        rate * program.operations(),
        rate / noise[SLICES / 2],
        stages[STAGE_SLICES / 2]);
  }

  /** Ten steps of all trajectories. */
  private LongSupplier kernel(SdeCase what, SdeParameters parameters) {
    EnsembleKernel kernel = EnsembleKernels.load(EnsembleEngine.JAVA, EnsembleDevice.CPU);
    EnsembleKernel.Program program = kernel.program(what.architecture(), parameters, KELVIN);
    List<Walkers> blocks = new ArrayList<>();
    for (int first = 0; first < trajectories; first += kernel.block()) {
      long key = first;
      int count = Math.min(kernel.block(), trajectories - first);
      blocks.add(program.walkers(count, t -> STREAMS.stream(Purpose.BENCHMARK, key + t)));
    }
    double[] start = new double[what.architecture().dimension()];
    return () -> {
      for (Walkers block : blocks) {
        block.start(start);
        block.advance(CHUNK, STEP, 1, StepScheme.EULER);
      }
      return (long) CHUNK * trajectories;
    };
  }

  /** The normal numbers of as many steps, alone. */
  private LongSupplier noise(int dimension) {
    TileArithmetic arithmetic = TileFactories.fastest().wide();
    int lanes = arithmetic.lanes();
    int pairs = (dimension + 1) / 2;
    RandomStream stream = STREAMS.stream(Purpose.BENCHMARK);
    int[] generators = new int[4 * lanes];
    Arrays.setAll(generators, i -> (int) stream.below(1L << Integer.SIZE));
    float[] numbers = new float[2 * pairs * lanes];
    return () -> {
      for (int i = 0; i < CHUNK * CHUNK; i++) {
        arithmetic.normals(generators, numbers, 0, pairs, 1f);
      }
      return (long) CHUNK * CHUNK * lanes;
    };
  }

  /** Sorted rates of the slices. */
  private double[] rates(LongSupplier work, int slices) {
    slice(work, seconds / 2);
    double[] rates = new double[slices];
    Arrays.setAll(rates, i -> slice(work, seconds / slices));
    Arrays.sort(rates);
    return rates;
  }

  private static double slice(LongSupplier work, double seconds) {
    long start = THREADS.getCurrentThreadCpuTime();
    long done = 0;
    long now;
    do {
      done += work.getAsLong();
      now = THREADS.getCurrentThreadCpuTime();
    } while (now < start + seconds * NANOS);
    return done * NANOS / (now - start);
  }
}
