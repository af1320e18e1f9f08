package org.latticelift.sim.vacancy.crystal;

import java.util.List;

/**
 * The environment of BCC with the canonical maps of AL-20, which are rotations about z and the
 * mirror of z (other choices are possible; a network trained with these knows only these, AL-21).
 */
final class BccEnvironment {
  private BccEnvironment() {}

  static EnvironmentGeometry[] build() {
    CrystalSpec spec = CrystalSpec.bcc();
    EnvironmentGeometry[] general = EnvironmentBuilder.build(spec);
    return new EnvironmentGeometry[] {withTable(general[0], 0), withTable(general[1], 1)};
  }

  private static EnvironmentGeometry withTable(EnvironmentGeometry general, int basis) {
    int n = general.sites();
    SiteOffset[] offsets = new SiteOffset[n];
    int[] shells = new int[n];
    for (int j = 0; j < n; j++) {
      offsets[j] = general.offset(j);
      shells[j] = general.shellOf(j);
    }
    int hops = general.hops();
    int[][] canonical = new int[hops][n];
    int[] target = new int[hops];
    int[] reverse = new int[hops];
    List<SiteOffset> order = List.of(offsets);
    for (int d = 0; d < hops; d++) {
      target[d] = general.hopTarget(d);
      reverse[d] = general.reverse(d);
      for (int k = 0; k < n; k++) {
        canonical[d][k] =
            order.indexOf(fromHalfGrid(gather(d, halfGrid(offsets[k], basis)), basis));
      }
    }
    return new EnvironmentGeometry(offsets, shells, canonical, target, reverse);
  }

  /** The point of the original block that C_d(x,y,z) is taken from (column "gather" of AL-20). */
  static int[] gather(int d, int[] p) {
    int x = p[0];
    int y = p[1];
    int z = (d & 1) == 0 ? -p[2] : p[2];
    return switch (d >> 1) {
      case 0 -> new int[] {-x, -y, z};
      case 1 -> new int[] {-y, x, z};
      case 2 -> new int[] {y, -x, z};
      default -> new int[] {x, y, z};
    };
  }

  private static int[] halfGrid(SiteOffset o, int basis) {
    int shift = o.basis() - basis;
    return new int[] {2 * o.dx() + shift, 2 * o.dy() + shift, 2 * o.dz() + shift};
  }

  private static SiteOffset fromHalfGrid(int[] p, int basis) {
    int target = Math.floorMod(p[0] + basis, 2);
    int shift = target - basis;
    return new SiteOffset((p[0] - shift) / 2, (p[1] - shift) / 2, (p[2] - shift) / 2, target);
  }
}
