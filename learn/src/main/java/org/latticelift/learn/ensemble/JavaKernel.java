package org.latticelift.learn.ensemble;

import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeProgram;

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
    SdeProgram program = new SdeProgram(architecture, parameters, condition);
    return (count, noise) -> new TrajectoryBlock(program, count, noise);
  }
}
