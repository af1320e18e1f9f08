package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * What the neighbours of a rank have to know of its changes: for each of the 26 directions the
 * changed sites that the rank there holds, as numbers of its own lattice, each packed with its new
 * code into one long. Only changed sites travel.
 */
final class HaloMessages {
  /** Directions including the one that stays here. */
  static final int DIRECTIONS = 27;

  /** The direction that stays here. */
  static final int HERE = 13;

  private static final int CODE_BITS = 8;

  private final Lattice lattice;
  private final Domain domain;
  private final int basis;
  private final int[][] shift = new int[DIRECTIONS][3];
  private final int[][] local = new int[DIRECTIONS][3];
  private final long[][] message = new long[DIRECTIONS][16];
  private final int[] length = new int[DIRECTIONS];

  HaloMessages(Lattice lattice, Domain domain) {
    this.lattice = lattice;
    this.domain = domain;
    basis = lattice.crystal().basisCount();
    for (int d = 0; d < DIRECTIONS; d++) {
      Domain there = domain.next(step(d, 0), step(d, 1), step(d, 2));
      for (int axis = 0; axis < 3; axis++) {
        int step = step(d, axis);
        shift[d][axis] = step > 0 ? -domain.own(axis) : step < 0 ? there.own(axis) : 0;
        local[d][axis] = there.local(axis);
      }
    }
  }

  /** -1, 0 or 1. */
  static int step(int direction, int axis) {
    return (axis == 0 ? direction / 9 : axis == 1 ? direction / 3 % 3 : direction % 3) - 1;
  }

  /** Replaces all messages by the present codes of the sites. */
  void collect(ChangedSites changed) {
    Arrays.fill(length, 0);
    for (int i = 0; i < changed.size(); i++) {
      long site = changed.get(i);
      int x = SiteIndex.x(site, lattice.ny(), lattice.nz(), basis);
      int y = SiteIndex.y(site, lattice.ny(), lattice.nz(), basis);
      int z = SiteIndex.z(site, lattice.nz(), basis);
      if (!domain.unseen(x, 0) || !domain.unseen(y, 1) || !domain.unseen(z, 2)) {
        announce(x, y, z, SiteIndex.b(site, basis), lattice.get(site));
      }
    }
  }

  private void announce(int x, int y, int z, int b, byte code) {
    for (int i = first(x, 0); i <= last(x, 0); i++) {
      for (int j = first(y, 1); j <= last(y, 1); j++) {
        for (int k = first(z, 2); k <= last(z, 2); k++) {
          int d = ((i + 1) * 3 + j + 1) * 3 + k + 1;
          if (d != HERE) {
            append(d, there(d, x, y, z, b) << CODE_BITS | code);
          }
        }
      }
    }
  }

  /** -1 if the rank below along an axis holds a cell of ours, else 0. */
  private int first(int cell, int axis) {
    return cell < 2 * domain.halo(axis) ? -1 : 0;
  }

  /** 1 if the rank above does. */
  private int last(int cell, int axis) {
    return cell >= domain.own(axis) ? 1 : 0;
  }

  private long there(int d, int x, int y, int z, int b) {
    return SiteIndex.of(
        x + shift[d][0], y + shift[d][1], z + shift[d][2], b, local[d][1], local[d][2], basis);
  }

  private void append(int direction, long entry) {
    if (length[direction] == message[direction].length) {
      message[direction] = Arrays.copyOf(message[direction], 2 * length[direction]);
    }
    message[direction][length[direction]++] = entry;
  }

  int length(int direction) {
    return length[direction];
  }

  long entry(int direction, int i) {
    return message[direction][i];
  }

  static long site(long entry) {
    return entry >>> CODE_BITS;
  }

  static byte code(long entry) {
    return (byte) entry;
  }
}
