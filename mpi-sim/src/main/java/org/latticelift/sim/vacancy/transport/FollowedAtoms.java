package org.latticelift.sim.vacancy.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;
import org.latticelift.sim.vacancy.transport.Displacements.Metric;

/**
 * Every atom of a lattice by itself, in steps of its grid, and the squares of displacements over
 * windows of 1, 2, 4 and so on records. Of a long window up to four begin within its length, each
 * with an origin of its own, so that all records count in it.
 */
final class FollowedAtoms {
  private static final int AXES = Displacements.AXES;

  private final Columns layout;

  /** The atom at a site; no matter where a vacancy is. */
  private final int[] atom;

  /** Of every atom, [AXES number + axis]. */
  private final int[] moved;

  /** Length of the window of each origin, as a power of two of records. */
  private final int[] lengths;

  /** Where the atoms were at each origin. */
  private final int[][] origins;

  /** As in a record, from the first length on. */
  private final double[] sums;

  FollowedAtoms(int sites, Columns layout) {
    this.layout = layout;
    atom = new int[sites];
    Arrays.setAll(atom, site -> site);
    moved = new int[AXES * sites];
    lengths = layout.lengthsOfOrigins(sites);
    origins = new int[lengths.length][moved.length];
    sums = new double[layout.followed(layout.lengths()) - layout.followed(0)];
  }

  void jumped(JumpEvent event, int[] step, int way) {
    int number = atom[(int) event.to()];
    atom[(int) event.from()] = number;
    int a = AXES * number;
    for (int axis = 0; axis < AXES; axis++) {
      moved[a + axis] -= step[way + axis];
    }
  }

  /** Ends the windows that end with a record ({@code number}: of the record, 0 the first). */
  void record(int number, Lattice lattice, Metric metric) {
    for (int i = 0; number > 0 && i < origins.length; i++) {
      int window = 1 << lengths[i];
      int since = number - window * offset(i) / count(i);
      if (since >= 0 && since % window == 0) {
        if (since > 0) {
          add(lengths[i], origins[i], lattice, metric);
        }
        System.arraycopy(moved, 0, origins[i], 0, moved.length);
      }
    }
  }

  /** Which of the origins of its length one is. */
  private int offset(int origin) {
    int first = origin;
    while (first > 0 && lengths[first - 1] == lengths[origin]) {
      first--;
    }
    return origin - first;
  }

  private int count(int origin) {
    return (int) Arrays.stream(lengths).filter(l -> l == lengths[origin]).count();
  }

  private void add(int length, int[] origin, Lattice lattice, Metric metric) {
    int first = layout.followed(length) - layout.followed(0);
    sums[first]++;
    for (int site = 0; site < atom.length; site++) {
      byte code = lattice.get(site);
      if (code != Lattice.VACANCY) {
        sums[first + code] += square(AXES * atom[site], origin, metric);
      }
    }
  }

  private double square(int at, int[] origin, Metric metric) {
    return metric.square(
        moved[at] - origin[at], moved[at + 1] - origin[at + 1], moved[at + 2] - origin[at + 2]);
  }

  /** As in a record, from the first length on; the array itself. */
  double[] sums() {
    return sums;
  }

  List<int[]> arrays() {
    List<int[]> arrays = new ArrayList<>(List.of(atom, moved));
    arrays.addAll(List.of(origins));
    return arrays;
  }
}
