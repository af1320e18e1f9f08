package org.latticelift.sim.system;

import java.util.List;
import org.latticelift.sim.system.Extent.Role;

/**
 * The size of a state, and what the system of this size stands for.
 *
 * @param role small or large
 * @param name how reports call it, such as {@code 16 x 16 x 16 cells}
 * @param shape lengths of the axes along which a state is cut into patches
 * @param sites number of sites
 * @param patches number K of patches whose independent increments make that of the whole: those
 *     that tile it, or its vacancies where each evolves alone
 */
public record Extent(Role role, String name, List<Integer> shape, long sites, long patches) {
  public Extent {
    shape = List.copyOf(shape);
  }

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
}
