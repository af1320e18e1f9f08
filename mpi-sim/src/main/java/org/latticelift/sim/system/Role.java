package org.latticelift.sim.system;

/** What a system stands for. Its size does not tell: both roles may have the same. */
public enum Role {
  /** The system that is simulated, and enlarged. */
  SMALL,
  /** The system that is predicted. */
  LARGE;

  /**
   * The choice for this role.
   *
   * @param small for the small system
   * @param large for the large system
   * @param <T> of what
   * @return one of the two
   */
  public <T> T choose(T small, T large) {
    return this == SMALL ? small : large;
  }
}
