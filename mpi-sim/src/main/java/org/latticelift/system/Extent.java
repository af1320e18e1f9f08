package org.latticelift.system;

import java.util.List;

/**
 * The size of a state.
 *
 * @param name how reports call it, such as {@code 16 x 16 x 16 cells}
 * @param shape lengths of the axes along which a state is cut into patches
 * @param sites number of sites
 * @param patches number K of patches of the size of the small system (sites of the large one
 *     divided by sites of the small one)
 */
public record Extent(String name, List<Integer> shape, long sites, long patches) {
  /**
   * Copies the shape.
   *
   * @param name how reports call it
   * @param shape lengths of the axes
   * @param sites number of sites
   * @param patches number K of patches
   */
  public Extent {
    shape = List.copyOf(shape);
  }
}
