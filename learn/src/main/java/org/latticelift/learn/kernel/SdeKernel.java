package org.latticelift.learn.kernel;

import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;

/**
 * Drift and diffusion of one parameter set at one temperature, for a block of trajectories. A
 * kernel owns its workspace: one per thread. State and results are in the model's scaled variables
 * and scaled time.
 */
public interface SdeKernel {
  int dimension();

  /** Largest number of trajectories per call. */
  int block();

  /**
   * Evaluates drift and sigma.
   *
   * @param count number of trajectories, at most {@link #block()}
   * @param z state, [d][at least count]; not modified
   * @param drift receives mu, [d][at least count]
   * @param sigma receives the diffusion matrix row-major, [d*d][at least count]
   */
  void evaluate(int count, float[][] z, float[][] drift, float[][] sigma);

  /** The drift alone, with the same bits; kernels that compute both together need not be faster. */
  default void drift(int count, float[][] z, float[][] drift) {
    evaluate(count, z, drift, new float[dimension() * dimension()][block()]);
  }

  /**
   * The fast kernel: the arithmetic of tiles. Whole trajectories are faster by {@link SdeTile},
   * which copies no states ({@code condition}: value of the condition's parameter, such as a
   * temperature in K; {@code block}: largest number of trajectories per call).
   */
  static SdeKernel batched(
      SdeArchitecture architecture, SdeParameters parameters, double condition, int block) {
    TileFactory factory = TileFactories.fastest();
    TileArithmetic narrow = factory.narrow();
    TileArithmetic arithmetic = block <= narrow.lanes() ? narrow : factory.wide();
    return new TiledSdeKernel(
        new TileProgram(architecture, parameters, condition), arithmetic, block);
  }

  /**
   * The readable twin: one trajectory after the other, in double precision from the float weights
   * ({@code condition}: value of the condition's parameter, such as a temperature in K; {@code
   * block}: largest number of trajectories per call).
   */
  static SdeKernel plain(
      SdeArchitecture architecture, SdeParameters parameters, double condition, int block) {
    return new PlainSdeKernel(architecture, parameters, condition, block);
  }
}
