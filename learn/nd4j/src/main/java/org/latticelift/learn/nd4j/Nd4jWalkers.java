package org.latticelift.learn.nd4j;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.latticelift.learn.ensemble.Walkers;
import org.latticelift.learn.sde.KernelParameters;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.TrajectoryNoise;
import org.latticelift.sim.random.RandomStream;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trajectories as the columns of one matrix. The noise is that of the Java kernel, number for
 * number, so both predict the same trajectories up to rounding.
 */
final class Nd4jWalkers implements Walkers {
  private static final String WORKSPACE = "latticelift-step";
  private static final long WORKSPACE_BYTES = 1L << 20;

  private static final WorkspaceConfiguration STEP =
      WorkspaceConfiguration.builder()
          .initialSize(WORKSPACE_BYTES)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .build();

  private final int d;
  private final int count;
  private final Drift drift;
  private final Diffusion diffusion;
  private final TrajectoryNoise noise;
  private final float[] numbers;
  private final INDArray state;

  Nd4jWalkers(
      SdeArchitecture architecture,
      KernelParameters parameters,
      int count,
      IntFunction<RandomStream> streams) {
    this.d = architecture.dimension();
    this.count = count;
    this.drift = Drift.of(parameters, architecture.drift(), d);
    this.diffusion = new Diffusion(parameters, architecture.diffusion(), d);
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
  public void advance(long steps, double h, double factor) {
    float deviation = (float) (factor * Math.sqrt(h));
    for (long s = 0; s < steps; s++) {
      noise.next(numbers, deviation);
      inWorkspace(
          () -> {
            INDArray increments = Nd4j.create(numbers, new long[] {d, count}, 'c');
            INDArray moved = diffusion.times(state, increments);
            state.addi(moved.addi(drift.of(state).muli((float) h)));
          });
    }
  }

  @Override
  public void relax(long steps, double h) {
    for (long s = 0; s < steps; s++) {
      inWorkspace(() -> state.addi(drift.of(state).muli((float) h)));
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
