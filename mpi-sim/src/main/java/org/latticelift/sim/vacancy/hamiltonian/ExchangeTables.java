package org.latticelift.sim.vacancy.hamiltonian;

/**
 * What the neighbours of a site contribute when the site changes its kind, in whole units of 2^-18
 * kT: sums of integers do not depend on their order, so that every way to compute the change of an
 * energy gives the same bits. Rounding changes the energy of an exchange by about 1e-5 kT.
 */
final class ExchangeTables {
  /** Units per kT. */
  static final double UNITS = 1 << 18;

  private ExchangeTables() {}

  /**
   * A table for every change of kind.
   *
   * @return [from kind CODES + to kind]: by {@code CODES (shell - 1) + neighbour's kind}; null
   *     where there is no such kind
   */
  static int[][] of(EffectiveHamiltonian hamiltonian) {
    int codes = ExchangeLattice.CODES;
    int kinds = hamiltonian.kinds().kinds();
    int[][] tables = new int[codes * codes][];
    for (int from = 0; from < kinds; from++) {
      for (int to = 0; to < kinds; to++) {
        int[] table = new int[hamiltonian.shells() * codes];
        for (int s = 0; s < hamiltonian.shells(); s++) {
          for (int c = 0; c < kinds; c++) {
            table[s * codes + c] =
                units(hamiltonian.of(s + 1, to, c)) - units(hamiltonian.of(s + 1, from, c));
          }
        }
        tables[from * codes + to] = table;
      }
    }
    return tables;
  }

  private static int units(double j) {
    return (int) Math.rint(j * UNITS);
  }
}
