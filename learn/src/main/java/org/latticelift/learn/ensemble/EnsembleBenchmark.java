package org.latticelift.learn.ensemble;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.latticelift.learn.sde.DiffusionSpec;
import org.latticelift.learn.sde.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeProgram;
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
   * What is measured.
   *
   * @param name for people
   * @param architecture the networks
   */
  public record Case(String name, SdeArchitecture architecture) {}

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
   * The networks of the reference.
   *
   * @return plain drift and full diffusion with d = 4 (ME-44, ME-46), and the stochastic OnsagerNet
   *     of the alloy with d = 6 (AL-80)
   */
  public static List<Case> cases() {
    return List.of(
        new Case(
            "plain d=4",
            new SdeArchitecture(4, 0, DriftSpec.plain(), DiffusionSpec.arbitrary(64, 64, 64))),
        new Case(
            "onsager d=6",
            new SdeArchitecture(6, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64))));
  }

  /**
   * Measures kernel, noise and stage of one case.
   *
   * @param what the networks
   * @return the rates
   */
  public EnsembleSpeed measure(Case what) {
    RandomStream stream = STREAMS.stream(Purpose.BENCHMARK);
    SdeParameters parameters = SdeParameters.initial(what.architecture, stream);
    SdeProgram program = new SdeProgram(what.architecture, parameters, KELVIN);
    double[] rates = rates(kernel(program), SLICES);
    double rate = rates[SLICES / 2];
    double[] noise = rates(noise(program.dimension()), SLICES);
    StageRun stage = new StageRun(what.architecture, parameters, trajectories);
    double[] stages = rates(stage, STAGE_SLICES);
    return new EnsembleSpeed(
        what.name,
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
  private LongSupplier kernel(SdeProgram program) {
    List<TrajectoryBlock> blocks = new ArrayList<>();
    for (int first = 0; first < trajectories; first += JavaKernel.BLOCK) {
      int key = first;
      int count = Math.min(JavaKernel.BLOCK, trajectories - first);
      blocks.add(
          new TrajectoryBlock(
              program, count, t -> STREAMS.stream(Purpose.BENCHMARK, (long) key + t)));
    }
    double[] start = new double[program.dimension()];
    return () -> {
      for (TrajectoryBlock block : blocks) {
        block.start(start);
        block.advance(CHUNK, STEP);
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
