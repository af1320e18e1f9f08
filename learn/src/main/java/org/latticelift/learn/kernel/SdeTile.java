package org.latticelift.learn.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;

/**
 * Trajectories that advance together (ME-77, ME-78), in the model's scaled variables and time. Each
 * has its own random numbers, so a trajectory does not depend on its neighbours. For one thread.
 */
public final class SdeTile {
  private static final float HALF = 0.5f;

  private TileProgram program;
  private final TileArithmetic arithmetic;
  private final StepTerms terms;
  private final float[] memory;
  private final int[] generators;

  /** A tile with all states at 0. */
  public SdeTile(TileProgram program, TileArithmetic arithmetic) {
    this.program = program;
    this.arithmetic = arithmetic;
    this.terms = program.terms();
    this.memory = new float[program.rows() * arithmetic.lanes()];
    this.generators = new int[NormalNumbers.WORDS * arithmetic.lanes()];
    program.prepare(arithmetic, memory);
  }

  /**
   * Goes on under the equation of another condition, with the states and the noise as they are
   * ({@code next}: made of the present one by {@link TileProgram#at}).
   */
  public void continueWith(TileProgram next) {
    program = next;
    next.prepare(arithmetic, memory);
  }

  /** Number of trajectories. */
  public int lanes() {
    return arithmetic.lanes();
  }

  /** Starts the noise of a trajectory ({@code stream}: its stream, which gives 128 bits). */
  public void seed(int lane, RandomStream stream) {
    NormalNumbers.seed(stream, generators, lanes(), lane);
  }

  public void set(int variable, int lane, float value) {
    memory[(terms.z() + variable) * lanes() + lane] = value;
  }

  public float get(int variable, int lane) {
    return memory[(terms.z() + variable) * lanes() + lane];
  }

  /** Size of a saved trajectory. */
  public static int laneBytes(int dimension) {
    return Float.BYTES * dimension + Integer.BYTES * NormalNumbers.WORDS;
  }

  /** Writes the state and the noise of a trajectory ({@code to}: gets {@link #laneBytes} bytes). */
  public void save(int lane, ByteBuffer to) {
    for (int i = 0; i < terms.d(); i++) {
      to.putFloat(get(i, lane));
    }
    NormalNumbers.save(generators, lanes(), lane, to);
  }

  /** Makes a trajectory the one that was written ({@code from}: {@link #save}). */
  public void restore(int lane, ByteBuffer from) {
    for (int i = 0; i < terms.d(); i++) {
      set(i, lane, from.getFloat());
    }
    NormalNumbers.restore(generators, lanes(), lane, from);
  }

  /** Steps of Euler-Maruyama: z += mu h + sigma dW, dW ~ N(0, h I). */
  public void advance(long steps, double h) {
    advance(steps, h, 1, StepScheme.EULER);
  }

  /** Steps with another diffusion: z += mu h + f sigma dW, and what the scheme adds. */
  public void advance(long steps, double h, double factor, StepScheme scheme) {
    float length = (float) h;
    float deviation = (float) (factor * Math.sqrt(h));
    int pairs = (terms.d() + 1) / 2;
    for (long s = 0; s < steps; s++) {
      evaluate();
      arithmetic.normals(generators, memory, terms.noise(), pairs, deviation);
      if (scheme == StepScheme.EULER) {
        arithmetic.step(memory, terms, length);
      } else {
        threeDrifts(length);
      }
    }
  }

  /**
   * With n = sigma dW, k1 = mu(z), k2 = mu(y) at y = z + h k1 + n and k3 = mu((z + y)/2 + h/4 (k2 -
   * k1)): y + h/6 (k2 - 5 k1 + 4 k3), which is z + h/6 (k1 + k2 + 4 k3) + n.
   */
  private void threeDrifts(float h) {
    int d = terms.d();
    int z = terms.z();
    int start = terms.kept();
    int first = start + d;
    int end = first + d;
    copy(z, start);
    copy(terms.drift(), first);
    arithmetic.step(memory, terms, h);
    program.drift(arithmetic, memory);
    copy(z, end);
    arithmetic.addScaled(memory, h / 6, terms.drift(), end, d);
    arithmetic.addScaled(memory, -5 * h / 6, first, end, d);
    arithmetic.addScaled(memory, -HALF, z, z, d);
    arithmetic.addScaled(memory, HALF, start, z, d);
    arithmetic.addScaled(memory, h / 4, terms.drift(), z, d);
    arithmetic.addScaled(memory, -h / 4, first, z, d);
    program.drift(arithmetic, memory);
    arithmetic.addScaled(memory, 2 * h / 3, terms.drift(), end, d);
    copy(end, z);
  }

  private void copy(int from, int to) {
    int lanes = lanes();
    System.arraycopy(memory, from * lanes, memory, to * lanes, terms.d() * lanes);
  }

  /** Steps without noise: z += mu h. */
  public void relax(long steps, double h) {
    for (long s = 0; s < steps; s++) {
      program.drift(arithmetic, memory);
      arithmetic.addScaled(memory, (float) h, terms.drift(), terms.z(), terms.d());
    }
  }

  void evaluate() {
    program.drift(arithmetic, memory);
    program.diffusion(arithmetic, memory);
  }

  void drift() {
    program.drift(arithmetic, memory);
  }

  /** Sets a variable of the first trajectories. */
  void set(int variable, float[] from, int first, int count) {
    System.arraycopy(from, first, memory, (terms.z() + variable) * lanes(), count);
  }

  /** Copies the drift of a variable of the first trajectories. */
  void drift(int variable, float[] to, int first, int count) {
    System.arraycopy(memory, (terms.drift() + variable) * lanes(), to, first, count);
  }

  /** Copies an entry of sigma of the first trajectories. */
  void sigma(int i, int j, float[] to, int first, int count) {
    SigmaShape shape = terms.shape();
    if (j >= shape.first(i) && j < shape.end(i, terms.d())) {
      int row = terms.sigma() + shape.at(i, j, terms.d());
      System.arraycopy(memory, row * lanes(), to, first, count);
    } else {
      Arrays.fill(to, first, first + count, 0);
    }
  }
}
