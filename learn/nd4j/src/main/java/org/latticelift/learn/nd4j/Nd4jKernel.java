package org.latticelift.learn.nd4j;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.ensemble.EnsembleKernel;
import org.latticelift.learn.ensemble.Program;
import org.latticelift.learn.ensemble.Walkers;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.TrajectoryNoise;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.RandomStream;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * ND4J on the processor. An operation of ND4J takes about 10 microseconds whatever its size, and a
 * step about 40 operations, so blocks are large: it is of use where a GPU is, or as a check of the
 * Java kernel.
 */
public class Nd4jKernel implements EnsembleKernel {
  private static final int BLOCK = 4096;

  /**
   * Found by {@link java.util.ServiceLoader}; ND4J then looks for its parts where this class is.
   */
  public Nd4jKernel() {
    ND4JClassLoading.setNd4jClassloaderFromClass(Nd4jKernel.class);
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public void check() {
    try {
      Nd4jBackend.load();
      Nd4j.scalar(0f);
    } catch (Nd4jBackend.NoAvailableBackendException | LinkageError e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "ND4J does not start: " + e.getMessage(),
          "ensemble.engine " + name(),
          "its native library for this machine",
          "Run learn/nd4j/setup again, or set ensemble.engine: java",
          e);
    }
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public Program program(SdeArchitecture architecture, SdeParameters parameters, double condition) {
    Nd4jProgram program = new Nd4jProgram(architecture, parameters, condition);
    return (count, noise) -> new Nd4jWalkers(architecture.dimension(), program, count, noise);
  }

  /**
   * Trajectories as the columns of one matrix. The noise is that of the Java kernel, number for
   * number, so both predict the same trajectories up to rounding.
   */
  static final class Nd4jWalkers implements Walkers {
    private static final String WORKSPACE = "latticelift-step";
    private static final float HALF = 0.5f;
    private static final long WORKSPACE_BYTES = 1L << 20;

    private static final WorkspaceConfiguration STEP =
        WorkspaceConfiguration.builder()
            .initialSize(WORKSPACE_BYTES)
            .policyAllocation(AllocationPolicy.OVERALLOCATE)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .build();

    private final int d;
    private final int count;
    private final Nd4jProgram program;
    private final TrajectoryNoise noise;
    private final float[] numbers;
    private final INDArray state;

    Nd4jWalkers(int d, Nd4jProgram program, int count, IntFunction<RandomStream> streams) {
      this.d = d;
      this.program = program;
      this.count = count;
      this.noise = new TrajectoryNoise(d, count);
      this.numbers = new float[d * count];
      this.state = Nd4j.zeros(d, count);
      for (int t = 0; t < count; t++) {
        noise.seed(t, streams.apply(t));
      }
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void start(double[] initial) {
      for (int i = 0; i < d; i++) {
        state.getRow(i).assign((float) initial[i]);
      }
    }

    @Override
    public float get(int variable, int trajectory) {
      return state.getFloat(variable, trajectory);
    }

    @Override
    public void advance(long steps, double h, double factor, StepScheme scheme) {
      float deviation = (float) (factor * Math.sqrt(h));
      for (long s = 0; s < steps; s++) {
        noise.next(numbers, deviation);
        inWorkspace(
            () -> {
              INDArray increments = Nd4j.create(numbers, new long[] {d, count}, 'c');
              INDArray moved = program.diffusion(state, increments);
              INDArray first = program.drift(state);
              INDArray end = state.add(moved.addi(first.mul((float) h)));
              state.assign(scheme == StepScheme.EULER ? end : threeDrifts(first, end, (float) h));
            });
      }
    }

    /** As {@code SdeTile} goes on from the first drift and the end of a step with it alone. */
    private INDArray threeDrifts(INDArray first, INDArray end, float h) {
      INDArray second = program.drift(end);
      INDArray middle = state.add(end).muli(HALF).addi(second.sub(first).muli(h / 4));
      INDArray third = program.drift(middle);
      return end.add(second.sub(first.mul(5)).addi(third.mul(4)).muli(h / 6));
    }

    @Override
    public void relax(long steps, double h) {
      for (long s = 0; s < steps; s++) {
        inWorkspace(() -> state.addi(program.drift(state).muli((float) h)));
      }
    }

    /** Arrays that the step makes live in memory that the next step uses again. */
    @SuppressWarnings("try") // the workspace acts by being open
    private static void inWorkspace(Runnable step) {
      try (MemoryWorkspace open =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace(STEP, WORKSPACE)) {
        step.run();
      }
    }

    /** State by state, then the noise. */
    @Override
    public byte[] save() {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * d * count + noise.bytes());
      for (int t = 0; t < count; t++) {
        for (int i = 0; i < d; i++) {
          bytes.putFloat(get(i, t));
        }
      }
      noise.save(bytes);
      return bytes.array();
    }

    @Override
    public void restore(byte[] saved) {
      ByteBuffer bytes = ByteBuffer.wrap(saved);
      for (int t = 0; t < count; t++) {
        for (int i = 0; i < d; i++) {
          state.putScalar(i, t, bytes.getFloat());
        }
      }
      noise.restore(bytes);
    }

    @Override
    public boolean finite() {
      float[] all = state.dup('c').data().asFloat();
      for (int i = 0; i < d * count; i++) {
        if (!(Math.abs(all[i]) < LIMIT)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      state.close();
    }
  }
}
