package org.latticelift.sim.vacancy.order;

import java.util.List;
import java.util.function.ToIntFunction;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/** How many cells neighbours lie outside of a block, before and after it along each axis. */
record Margin(int x0, int x1, int y0, int y1, int z0, int z1) {
  static Margin of(List<List<SiteOffset>> neighbours) {
    return new Margin(
        before(neighbours, SiteOffset::dx),
        after(neighbours, SiteOffset::dx),
        before(neighbours, SiteOffset::dy),
        after(neighbours, SiteOffset::dy),
        before(neighbours, SiteOffset::dz),
        after(neighbours, SiteOffset::dz));
  }

  private static int before(List<List<SiteOffset>> neighbours, ToIntFunction<SiteOffset> axis) {
    return after(neighbours, offset -> -axis.applyAsInt(offset));
  }

  private static int after(List<List<SiteOffset>> neighbours, ToIntFunction<SiteOffset> axis) {
    return neighbours.stream().flatMap(List::stream).mapToInt(axis).reduce(0, Math::max);
  }
}
