package org.latticelift.learn.ensemble;

import java.util.function.IntFunction;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeProgram;
import org.latticelift.learn.sde.TileFactories;
import org.latticelift.learn.sde.TileFactory;
import org.latticelift.sim.random.RandomStream;

/** The kernel that is always there: tiles of trajectories on the CPU. */
final class JavaKernel implements EnsembleKernel {
  static final String NAME = "java";

  /** Whole tiles of every vector width. */
  static final int BLOCK = 48;

  private final TileFactory tiles;

  /** The fastest tiles. */
  JavaKernel() {
    this(TileFactories.fastest());
  }

  /** Tiles of any kind give the same bits. */
  JavaKernel(TileFactory tiles) {
    this.tiles = tiles;
  }

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
    return new JavaProgram(tiles, new SdeProgram(architecture, parameters, condition));
  }

  @Override
  public Program program(
      SdeArchitecture architecture, SdeParameters parameters, double condition, Program other) {
    SdeProgram known = ((JavaProgram) other).program;
    return new JavaProgram(tiles, known.at(architecture, parameters, condition));
  }

  /** Trajectories in tiles, which change from one condition to the next where they are. */
  private record JavaProgram(TileFactory tiles, SdeProgram program) implements Program {
    @Override
    public Walkers walkers(int count, IntFunction<RandomStream> noise) {
      return new TrajectoryBlock(tiles, program, count, noise);
    }

    @Override
    public Walkers continued(Walkers before, IntFunction<RandomStream> noise) {
      ((TrajectoryBlock) before).continueWith(program);
      return before;
    }
  }
}
