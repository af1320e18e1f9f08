package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Shows the hops of a vacancy as the jumps they would be. Cost per hop: the gather of an
 * environment, 60 to 80 ns, and the visitor.
 */
final class PossibleHops {
  private final RateTable table;
  private final JumpEvent event;
  private final byte[] after;

  PossibleHops(RateTable table, int environmentSize) {
    this.table = table;
    event = new JumpEvent(environmentSize);
    after = new byte[environmentSize];
  }

  /**
   * Of one vacancy where it is.
   *
   * @param rates of its hops in units of the table
   * @param at where they begin
   */
  void show(int v, float[] rates, int at, HopVisitor visitor) {
    HopGeometry geometry = table.geometry();
    ActiveVacancies vacancies = table.vacancies;
    int basis = vacancies.b[v];
    System.arraycopy(vacancies.codes, v * geometry.sites, event.before, 0, geometry.sites);
    event.from = vacancies.site[v];
    event.basisFrom = basis;
    event.vacancy = v;
    event.after = after;
    for (int d = 0; d < geometry.hops; d++) {
      if (rates[at + d] != 0) {
        int j = geometry.target[basis][d];
        event.species = event.before[j];
        event.direction = d;
        event.reverse = geometry.reverse[basis][d];
        event.basisTo = geometry.basis[basis][j];
        event.to = table.target(v, d);
        gather(event.to, event.basisTo);
        after[geometry.opposite[basis][j]] = (byte) event.species;
        visitor.hop(rates[at + d] * table.unit(), event);
      }
    }
  }

  private void gather(long site, int basis) {
    Lattice lattice = table.lattice;
    long cell = site / lattice.crystal().basisCount();
    int z = (int) (cell % lattice.nz());
    long row = cell / lattice.nz();
    lattice.gather((int) (row / lattice.ny()), (int) (row % lattice.ny()), z, basis, after, 0);
  }
}
