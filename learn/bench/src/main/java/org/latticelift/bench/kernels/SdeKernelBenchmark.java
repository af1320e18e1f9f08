package org.latticelift.bench.kernels;

import java.util.concurrent.TimeUnit;
import org.latticelift.bench.speed.SdeCase;
import org.latticelift.learn.kernel.SdeTile;
import org.latticelift.learn.kernel.TileArithmetic;
import org.latticelift.learn.kernel.TileFactories;
import org.latticelift.learn.kernel.TileFactory;
import org.latticelift.learn.kernel.TileProgram;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A step of 144 trajectories (three wide tiles of 512 bits) with the networks of ME-44 to ME-46 (d
 * = 4) and of the alloy (AL-80), and the random numbers of such a step alone; checks the cost model
 * of {@code TileProgram}.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SdeKernelBenchmark extends KernelBenchmark {
  private static final int TRAJECTORIES = 144;
  private static final double STEP = 1e-6;

  /** The fast arithmetic or its twin. */
  @Param({"fastest", "plain"})
  public String kernel;

  /** The networks. */
  @Param({"plain4", "alloy6"})
  public String networks;

  private SdeTile[] tiles;
  private TileArithmetic arithmetic;
  private int pairs;
  private int[] generators;
  private float[] noise;

  /** Draws parameters and starts the noise. */
  @Setup
  public void fill() {
    SdeArchitecture architecture =
        (networks.equals("plain4") ? SdeCase.PLAIN : SdeCase.ONSAGER).architecture();
    RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK);
    TileProgram program =
        new TileProgram(architecture, SdeParameters.initial(architecture, stream), 2000);
    TileFactory factory = kernel.equals("plain") ? TileFactories.plain() : TileFactories.fastest();
    arithmetic = factory.wide();
    tiles = new SdeTile[TRAJECTORIES / arithmetic.lanes()];
    for (int k = 0; k < tiles.length; k++) {
      tiles[k] = new SdeTile(program, arithmetic);
      for (int lane = 0; lane < arithmetic.lanes(); lane++) {
        tiles[k].seed(lane, new Streams(1).stream(Purpose.BENCHMARK, k, lane));
      }
    }
    pairs = architecture.dimension() / 2;
    generators = new int[4 * arithmetic.lanes()];
    java.util.Arrays.setAll(generators, i -> (int) stream.below(1L << Integer.SIZE));
    noise = new float[2 * pairs * arithmetic.lanes()];
  }

  /** One step with noise. */
  @Benchmark
  public SdeTile[] step() {
    for (SdeTile tile : tiles) {
      tile.advance(1, STEP);
    }
    return tiles;
  }

  /** The normal numbers of one step. */
  @Benchmark
  public float[] normals() {
    for (int k = 0; k < tiles.length; k++) {
      arithmetic.normals(generators, noise, 0, pairs, 1f);
    }
    return noise;
  }
}
