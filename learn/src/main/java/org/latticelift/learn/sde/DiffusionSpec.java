package org.latticelift.learn.sde;

import java.util.List;

/**
 * The diffusion matrix sigma.
 *
 * @param mode one of the four forms of ME-46
 * @param hidden widths of the hidden layers, ReLU after each; may be empty in the constant modes
 * @param lower true: lower triangular with a positive diagonal (softplus), the unique factor of
 *     DI-37; false: no restriction (ME-48)
 * @param initial initial value of the free parameters of the constant modes
 * @param scale fixed factor on every entry, so that the network's own outputs are of order one
 */
public record DiffusionSpec(
    DiffusionMode mode, List<Integer> hidden, boolean lower, double initial, double scale) {

  /**
   * Checks widths and scale.
   *
   * @param mode form
   * @param hidden widths
   * @param lower triangular or not
   * @param initial of free parameters
   * @param scale positive
   */
  public DiffusionSpec {
    ArchitectureErrors.notNull("diffusion.mode", mode);
    hidden = mode.network() ? ArchitectureErrors.widths("diffusion.hidden", hidden) : List.of();
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw ArchitectureErrors.bad("diffusion.scale", scale, "a positive number");
    }
  }

  /**
   * A full matrix from a network, without restriction.
   *
   * @param hidden widths of the hidden layers
   * @return mode arbitrary with scale 1
   */
  public static DiffusionSpec arbitrary(Integer... hidden) {
    return new DiffusionSpec(DiffusionMode.ARBITRARY, List.of(hidden), false, 1, 1);
  }

  /**
   * Number of values that the network or the free parameters deliver.
   *
   * @param d latent dimension
   * @return d or d times d
   */
  public int outputs(int d) {
    return mode.full() ? d * d : d;
  }
}
