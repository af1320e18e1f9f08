package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * What is simulated.
 *
 * @param barrier barriers, which also name the crystal
 * @param kinetics how their jumps are simulated
 * @param kelvin temperature at the beginning
 * @param cacheBytes environment cache of a rank; 0 for none
 * @param nx cells of the whole lattice along the first axis
 * @param ny cells along the second axis
 * @param nz cells along the third axis
 * @param counts sites of the whole lattice per code, index 0 vacancies
 * @param order what is observed, made for these counts
 */
public record VacancyProblem(
    BarrierModel barrier,
    Kinetics kinetics,
    double kelvin,
    long cacheBytes,
    int nx,
    int ny,
    int nz,
    long[] counts,
    OrderParameters order) {

  /**
   * Number of sites.
   *
   * @return of the whole lattice
   */
  public long sites() {
    return (long) nx * ny * nz * barrier.crystal().basisCount();
  }
}
