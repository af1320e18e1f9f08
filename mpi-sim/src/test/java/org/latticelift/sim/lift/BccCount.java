package org.latticelift.sim.lift;

/**
 * First-neighbour order of a BCC state, counted from its bytes alone: corners and centres by turns,
 * eight neighbours each.
 *
 * @param atoms number of vacancies, then of the three species
 * @param neighbours [i][j]: neighbours j of all sites i
 */
record BccCount(int[] atoms, int[][] neighbours) {
  /** Of stored states, one after the other. */
  static BccCount[] of(byte[] species, int cells) {
    int size = 2 * cells * cells * cells;
    BccCount[] counts = new BccCount[species.length / size];
    for (int s = 0; s < counts.length; s++) {
      counts[s] = new BccCount(new int[4], new int[4][4]);
      for (int site = 0; site < size; site++) {
        counts[s].add(species, s * size, site, cells);
      }
    }
    return counts;
  }

  private void add(byte[] species, int from, int site, int n) {
    int code = species[from + site];
    atoms[code]++;
    int basis = site % 2;
    int z = site / 2 % n;
    int y = site / 2 / n % n;
    int x = site / 2 / n / n;
    for (int k = 0; k < 8; k++) { // a corner's centres are at 0 and -1, a centre's corners at 0, +1
      int step = basis == 0 ? n - 1 : 1;
      int i = (x + (k & 1) * step) % n;
      int j = (y + (k >> 1 & 1) * step) % n;
      int l = (z + (k >> 2) * step) % n;
      neighbours[code][species[from + 2 * ((i * n + j) * n + l) + 1 - basis]]++;
    }
  }

  /** Neighbours j of an atom i beyond those of a random alloy, for i no later than j (AL-50). */
  double[] order() {
    double[] order = new double[6];
    int k = 0;
    for (int i = 1; i <= 3; i++) {
      for (int j = i; j <= 3; j++) {
        double share = (double) atoms[j] / (atoms[1] + atoms[2] + atoms[3]);
        order[k++] = (double) neighbours[i][j] / atoms[i] - 8 * share;
      }
    }
    return order;
  }
}
