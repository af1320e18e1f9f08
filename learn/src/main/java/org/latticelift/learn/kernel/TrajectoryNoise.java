package org.latticelift.learn.kernel;

import java.nio.ByteBuffer;
import org.latticelift.sim.random.RandomStream;

/**
 * The noise of many trajectories for kernels that are not made of tiles: the same numbers as those
 * of {@link SdeTile}, each trajectory from its own stream. For one thread.
 */
public final class TrajectoryNoise {
  private final TileArithmetic arithmetic = TileFactories.fastest().wide();
  private final int dimension;
  private final int count;
  private final int pairs;
  private final int[][] generators;
  private final float[] rows;

  /**
   * Noise that has not been started ({@code dimension}: d, normal numbers per trajectory and step).
   */
  public TrajectoryNoise(int dimension, int count) {
    int lanes = arithmetic.lanes();
    this.dimension = dimension;
    this.count = count;
    this.pairs = (dimension + 1) / 2;
    this.generators = new int[(count + lanes - 1) / lanes][NormalNumbers.WORDS * lanes];
    this.rows = new float[2 * pairs * lanes];
  }

  /**
   * Starts the noise of a trajectory ({@code trajectory}: 0 to count - 1; {@code stream}: its
   * stream, which gives 128 bits).
   */
  public void seed(int trajectory, RandomStream stream) {
    int lanes = arithmetic.lanes();
    NormalNumbers.seed(stream, generators[trajectory / lanes], lanes, trajectory % lanes);
  }

  /** Size of the saved noise. */
  public int bytes() {
    return count * Integer.BYTES * NormalNumbers.WORDS;
  }

  /** Writes where the noise of every trajectory stands ({@code to}: gets {@link #bytes} bytes). */
  public void save(ByteBuffer to) {
    int lanes = arithmetic.lanes();
    for (int t = 0; t < count; t++) {
      NormalNumbers.save(generators[t / lanes], lanes, t % lanes, to);
    }
  }

  /** Goes on where the noise was saved ({@code from}: {@link #save}). */
  public void restore(ByteBuffer from) {
    int lanes = arithmetic.lanes();
    for (int t = 0; t < count; t++) {
      NormalNumbers.restore(generators[t / lanes], lanes, t % lanes, from);
    }
  }

  /** The next numbers of every trajectory ({@code to}: [d,count] row-major, overwritten). */
  public void next(float[] to, float deviation) {
    int lanes = arithmetic.lanes();
    for (int tile = 0; tile < generators.length; tile++) {
      arithmetic.normals(generators[tile], rows, 0, pairs, deviation);
      int used = Math.min(lanes, count - tile * lanes);
      for (int i = 0; i < dimension; i++) {
        System.arraycopy(rows, i * lanes, to, i * count + tile * lanes, used);
      }
    }
  }
}
