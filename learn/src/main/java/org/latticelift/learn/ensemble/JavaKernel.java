package org.latticelift.learn.ensemble;

import java.util.function.IntFunction;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeProgram;
import org.latticelift.sim.random.RandomStream;

/** The kernel that is always there: tiles of trajectories on the CPU. */
final class JavaKernel implements EnsembleKernel {
  static final String NAME = "java";

  /** Whole tiles of every vector width. */
  static final int BLOCK = 48;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void check() {
    // Java is there.
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public Program program(SdeArchitecture architecture, SdeParameters parameters, double condition) {
    return new JavaProgram(new SdeProgram(architecture, parameters, condition));
  }

  @Override
  public Program program(
      SdeArchitecture architecture, SdeParameters parameters, double condition, Program other) {
    SdeProgram known = ((JavaProgram) other).program;
    return new JavaProgram(known.at(architecture, parameters, condition));
  }

  /** Trajectories in tiles, which change from one condition to the next where they are. */
  private record JavaProgram(SdeProgram program) implements Program {
    @Override
    public Walkers walkers(int count, IntFunction<RandomStream> noise) {
      return new TrajectoryBlock(program, count, noise);
    }

    @Override
    public Walkers continued(Walkers before, IntFunction<RandomStream> noise) {
      ((TrajectoryBlock) before).continueWith(program);
      return before;
    }
  }
}
