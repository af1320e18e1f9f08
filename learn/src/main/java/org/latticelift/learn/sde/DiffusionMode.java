package org.latticelift.learn.sde;

import com.google.gson.annotations.SerializedName;

/** The four forms of the diffusion matrix (ME-46). */
public enum DiffusionMode {
  /** A network with d times d outputs. */
  @SerializedName("arbitrary")
  ARBITRARY,
  /** A network with d outputs on the diagonal. */
  @SerializedName("diagonal")
  DIAGONAL,
  /** d free parameters on the diagonal, independent of the state. */
  @SerializedName("constant_diagonal")
  CONSTANT_DIAGONAL,
  /** d times d free parameters, independent of the state. */
  @SerializedName("constant")
  CONSTANT;

  /**
   * Whether the entries come from a network of the state.
   *
   * @return false for the two constant modes
   */
  public boolean network() {
    return this == ARBITRARY || this == DIAGONAL;
  }

  /**
   * Whether the entries fill the whole matrix.
   *
   * @return false for the two diagonal modes
   */
  public boolean full() {
    return this == ARBITRARY || this == CONSTANT;
  }
}
