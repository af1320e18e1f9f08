package org.latticelift.learn.ensemble;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.latticelift.learn.kernel.SdeTile;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.TileArithmetic;
import org.latticelift.learn.kernel.TileFactories;
import org.latticelift.learn.kernel.TileFactory;
import org.latticelift.learn.kernel.TileProgram;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.RandomStream;

/** The kernel that is always there: tiles of trajectories on the CPU. */
final class JavaKernel implements EnsembleKernel {
  static final String NAME = "java";

  /** Whole tiles of every vector width. */
  static final int BLOCK = 48;

  private final TileFactory tiles;

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
    return new JavaProgram(tiles, new TileProgram(architecture, parameters, condition));
  }

  @Override
  public Program program(
      SdeArchitecture architecture, SdeParameters parameters, double condition, Program other) {
    TileProgram known = ((JavaProgram) other).program;
    return new JavaProgram(tiles, known.at(condition));
  }

  /** Trajectories in tiles, which change from one condition to the next where they are. */
  private record JavaProgram(TileFactory tiles, TileProgram program) implements Program {
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

  /**
   * Trajectories that one task integrates (ME-77, ME-78), in the model's scaled variables and time,
   * cut into tiles. Which tile a trajectory is in, and how wide tiles are, changes no bit of it.
   */
  static final class TrajectoryBlock implements Walkers {
    /** Up to this many narrow tiles take less time than a wide one. */
    private static final int NARROW_TILES = 2;

    private final int dimension;
    private final int count;
    private final List<SdeTile> tiles;
    private final SdeTile[] tile;
    private final int[] lane;

    /**
     * @param noise the stream of each trajectory, 0 to count - 1
     */
    TrajectoryBlock(
        TileFactory factory, TileProgram program, int count, IntFunction<RandomStream> noise) {
      this.dimension = program.dimension();
      this.count = count;
      this.tiles = cover(factory, program, count);
      this.tile = new SdeTile[count];
      this.lane = new int[count];
      int t = 0;
      for (SdeTile next : tiles) {
        for (int l = 0; l < next.lanes() && t < count; l++, t++) {
          tile[t] = next;
          lane[t] = l;
          next.seed(l, noise.apply(t));
        }
      }
    }

    private static List<SdeTile> cover(TileFactory factory, TileProgram program, int count) {
      List<SdeTile> tiles = new ArrayList<>();
      int left = count;
      while (left > 0) {
        TileArithmetic narrow = factory.narrow();
        boolean few = left <= NARROW_TILES * narrow.lanes();
        SdeTile next = new SdeTile(program, few ? narrow : factory.wide());
        tiles.add(next);
        left -= next.lanes();
      }
      return tiles;
    }

    /** Goes on under the equation of another condition. */
    void continueWith(TileProgram next) {
      tiles.forEach(each -> each.continueWith(next));
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void start(double[] initial) {
      for (int t = 0; t < count; t++) {
        for (int i = 0; i < dimension; i++) {
          tile[t].set(i, lane[t], (float) initial[i]);
        }
      }
    }

    @Override
    public float get(int variable, int trajectory) {
      return tile[trajectory].get(variable, lane[trajectory]);
    }

    /** Each tile makes all steps while it is in the cache. */
    @Override
    public void advance(long steps, double h, double factor, StepScheme scheme) {
      for (SdeTile each : tiles) {
        each.advance(steps, h, factor, scheme);
      }
    }

    @Override
    public void relax(long steps, double h) {
      for (SdeTile each : tiles) {
        each.relax(steps, h);
      }
    }

    @Override
    public byte[] save() {
      ByteBuffer bytes = ByteBuffer.allocate(count * SdeTile.laneBytes(dimension));
      for (int t = 0; t < count; t++) {
        tile[t].save(lane[t], bytes);
      }
      return bytes.array();
    }

    @Override
    public void restore(byte[] saved) {
      ByteBuffer bytes = ByteBuffer.wrap(saved);
      for (int t = 0; t < count; t++) {
        tile[t].restore(lane[t], bytes);
      }
    }

    @Override
    public boolean finite() {
      for (int t = 0; t < count; t++) {
        for (int i = 0; i < dimension; i++) {
          if (!(Math.abs(get(i, t)) < LIMIT)) {
            return false;
          }
        }
      }
      return true;
    }
  }
}
