package org.latticelift.sim.vacancy.barrier.vector;

import org.latticelift.sim.vacancy.barrier.HopBlock;
import org.latticelift.sim.vacancy.barrier.NetworkParameters;

/**
 * The first layer of a network as a table with one row for each pair of partner positions and each
 * pair of codes: half as many rows to add as with one per position. It grows with the square of the
 * number of codes: 459 kB for the published network with its four, of which the rows without
 * vacancies, 258 kB, are read in practice.
 *
 * @param codes species and the vacancy
 * @param panels the rows, (pairs times codes squared), cut into panels
 */
record PairTable(int codes, WeightPanel[] panels) {

  static PairTable of(NetworkParameters network, int panelWidth) {
    int codes = network.codes();
    int sites = network.sites();
    int width = network.width();
    int perPair = codes * codes;
    int pairs = NetworkParameters.pairs(sites);
    float[] rows = new float[Math.multiplyExact(Math.multiplyExact(pairs, perPair), width)];
    for (int row = 0; row < pairs * perPair; row++) {
      int k = row / perPair;
      int partner = NetworkParameters.partner(k, sites);
      for (int n = 0; n < width; n++) {
        float next = partner == k ? -0f : at(network, partner, row % codes, n);
        rows[row * width + n] = at(network, k, row / codes % codes, n) + next;
      }
    }
    return new PairTable(codes, WeightPanel.of(rows, network.bias(), panelWidth));
  }

  private static float at(NetworkParameters network, int position, int code, int neuron) {
    return network.table()[(position * network.codes() + code) * network.width() + neuron];
  }

  /** Rows of the table from one pair of positions to the next. */
  int rowsPerPair() {
    return codes * codes;
  }

  /**
   * For each pair of lab sites: which row of a pair of positions its codes stand for, times a
   * factor.
   */
  void locate(byte[] environments, int at, HopBlock block, int factor, int[] rows) {
    int[] first = block.first();
    int[] second = block.second();
    for (int p = 0; p < first.length; p++) {
      rows[p] = (environments[at + first[p]] * codes + environments[at + second[p]]) * factor;
    }
  }
}
