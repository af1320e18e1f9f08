package org.latticelift.sim.vacancy.crystal;

import java.util.List;

/**
 * The environment of a site of one basis position: its sites in lab order, its hops, and the
 * canonical maps that turn every hop into the reference hop.
 *
 * <p>Lab order is the canonical order of the reference hop, whose map is the identity. For BCC this
 * is the order of AL-22 restricted to the 112 sites, and the reference hop is d = 7 (AL-20).
 */
public final class EnvironmentGeometry {
  private final SiteOffset[] offsets;
  private final int[] shells;
  private final int[][] canonical;
  private final int[] hopTarget;
  private final int[] reverse;

  EnvironmentGeometry(
      SiteOffset[] offsets, int[] shells, int[][] canonical, int[] hopTarget, int[] reverse) {
    this.offsets = offsets.clone();
    this.shells = shells.clone();
    this.canonical = canonical.clone();
    this.hopTarget = hopTarget.clone();
    this.reverse = reverse.clone();
  }

  /** Number of environment sites; 112 for BCC. */
  public int sites() {
    return offsets.length;
  }

  /** Number of hop directions; 8 for BCC. */
  public int hops() {
    return hopTarget.length;
  }

  /** An environment site, where it is, from the centre. */
  public SiteOffset offset(int j) {
    return offsets[j];
  }

  /** Cells along the first axis. */
  public int dx(int j) {
    return offsets[j].dx();
  }

  /** Cells along the second axis. */
  public int dy(int j) {
    return offsets[j].dy();
  }

  /** Cells along the third axis. */
  public int dz(int j) {
    return offsets[j].dz();
  }

  /** Basis position of an environment site; 0 to basis count - 1. */
  public int basis(int j) {
    return offsets[j].basis();
  }

  /** Shell of an environment site; 1 for the nearest distance. */
  public int shellOf(int j) {
    return shells[j];
  }

  /**
   * Canonical map: the code at position k of the environment of hop d is that of lab site {@code
   * canonical(d, k)}.
   */
  public int canonical(int d, int k) {
    return canonical[d][k];
  }

  /** Target of a hop; lab index of the site that the vacancy moves to. */
  public int hopTarget(int d) {
    return hopTarget[d];
  }

  /** The direction, counted at the target, that leads back. */
  public int reverse(int d) {
    return reverse[d];
  }

  /**
   * Sites of one shell ({@code shell}: 1 for the nearest neighbours); offsets in lab order; empty
   * beyond the cut-off.
   */
  public List<SiteOffset> shell(int shell) {
    return java.util.stream.IntStream.range(0, offsets.length)
        .filter(j -> shells[j] == shell)
        .mapToObj(j -> offsets[j])
        .toList();
  }

  /** Number of shells within the cut-off; 8 for BCC. */
  public int shellCount() {
    return java.util.Arrays.stream(shells).max().orElse(0);
  }
}
