package org.latticelift.learn.sde;

import java.nio.ByteBuffer;
import org.latticelift.sim.random.RandomStream;

/**
 * Trajectories that advance together (ME-77, ME-78), in the model's scaled variables and time. Each
 * has its own random numbers, so a trajectory does not depend on its neighbours. For one thread.
 */
public final class SdeTile {
  private SdeProgram program;
  private final TileArithmetic arithmetic;
  private final EulerTerms terms;
  private final float[] memory;
  private final int[] generators;

  /**
   * A tile with all states at 0.
   *
   * @param program the networks
   * @param arithmetic decides the number of trajectories
   */
  public SdeTile(SdeProgram program, TileArithmetic arithmetic) {
    this.program = program;
    this.arithmetic = arithmetic;
    this.terms = program.terms();
    this.memory = new float[program.rows() * arithmetic.lanes()];
    this.generators = new int[NormalNumbers.WORDS * arithmetic.lanes()];
    program.prepare(arithmetic, memory);
  }

  /**
   * Goes on under the equation of another condition, with the states and the noise as they are.
   *
   * @param next made of the present one by {@link SdeProgram#at}
   */
  public void continueWith(SdeProgram next) {
    program = next;
    next.prepare(arithmetic, memory);
  }

  /**
   * Number of trajectories.
   *
   * @return lanes
   */
  public int lanes() {
    return arithmetic.lanes();
  }

  /**
   * Starts the noise of a trajectory.
   *
   * @param lane the trajectory
   * @param stream its stream, which gives 128 bits
   */
  public void seed(int lane, RandomStream stream) {
    NormalNumbers.seed(stream, generators, lanes(), lane);
  }

  /**
   * Sets a state.
   *
   * @param variable component of z
   * @param lane the trajectory
   * @param value scaled
   */
  public void set(int variable, int lane, float value) {
    memory[(terms.z() + variable) * lanes() + lane] = value;
  }

  /**
   * Reads a state.
   *
   * @param variable component of z
   * @param lane the trajectory
   * @return scaled
   */
  public float get(int variable, int lane) {
    return memory[(terms.z() + variable) * lanes() + lane];
  }

  /**
   * Size of a saved trajectory.
   *
   * @param dimension d
   * @return bytes
   */
  public static int laneBytes(int dimension) {
    return Float.BYTES * dimension + Integer.BYTES * NormalNumbers.WORDS;
  }

  /**
   * Writes the state and the noise of a trajectory.
   *
   * @param lane the trajectory
   * @param to gets {@link #laneBytes} bytes
   */
  public void save(int lane, ByteBuffer to) {
    for (int i = 0; i < terms.d(); i++) {
      to.putFloat(get(i, lane));
    }
    NormalNumbers.save(generators, lanes(), lane, to);
  }

  /**
   * Makes a trajectory the one that was written.
   *
   * @param lane the trajectory
   * @param from {@link #save}
   */
  public void restore(int lane, ByteBuffer from) {
    for (int i = 0; i < terms.d(); i++) {
      set(i, lane, from.getFloat());
    }
    NormalNumbers.restore(generators, lanes(), lane, from);
  }

  /**
   * Steps of Euler-Maruyama: z += mu h + sigma dW, dW ~ N(0, h I).
   *
   * @param steps number of steps
   * @param h length of a step in scaled time
   */
  public void advance(long steps, double h) {
    advance(steps, h, 1);
  }

  /**
   * The same with another diffusion: z += mu h + f sigma dW.
   *
   * @param steps number of steps
   * @param h length of a step in scaled time
   * @param factor f
   */
  public void advance(long steps, double h, double factor) {
    float length = (float) h;
    float deviation = (float) (factor * Math.sqrt(h));
    int pairs = (terms.d() + 1) / 2;
    for (long s = 0; s < steps; s++) {
      evaluate();
      arithmetic.normals(generators, memory, terms.noise(), pairs, deviation);
      arithmetic.step(memory, terms, length);
    }
  }

  /**
   * Steps without noise: z += mu h.
   *
   * @param steps number of steps
   * @param h length of a step in scaled time
   */
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

  float drift(int variable, int lane) {
    return memory[(terms.drift() + variable) * lanes() + lane];
  }

  float sigma(int i, int j, int lane) {
    SigmaShape shape = terms.shape();
    boolean stored = j >= shape.first(i) && j < shape.end(i, terms.d());
    return stored ? memory[(terms.sigma() + shape.at(i, j, terms.d())) * lanes() + lane] : 0;
  }
}
