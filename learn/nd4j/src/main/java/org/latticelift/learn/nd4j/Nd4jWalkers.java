package org.latticelift.learn.nd4j;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.latticelift.learn.ensemble.Walkers;
import org.latticelift.learn.sde.KernelParameters;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.StepScheme;
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
  public void advance(long steps, double h, double factor, StepScheme scheme) {
    float deviation = (float) (factor * Math.sqrt(h));
    for (long s = 0; s < steps; s++) {
      noise.next(numbers, deviation);
      inWorkspace(
          () -> {
            INDArray increments = Nd4j.create(numbers, new long[] {d, count}, 'c');
            INDArray moved = diffusion.times(state, increments);
            INDArray first = drift.of(state);
            INDArray end = state.add(moved.addi(first.mul((float) h)));
            state.assign(scheme == StepScheme.EULER ? end : threeDrifts(first, end, (float) h));
          });
    }
  }

  /** As {@code SdeTile} goes on from the first drift and the end of a step with it alone. */
  private INDArray threeDrifts(INDArray first, INDArray end, float h) {
    INDArray second = drift.of(end);
    INDArray middle = state.add(end).muli(HALF).addi(second.sub(first).muli(h / 4));
    INDArray third = drift.of(middle);
    return end.add(second.sub(first.mul(5)).addi(third.mul(4)).muli(h / 6));
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
