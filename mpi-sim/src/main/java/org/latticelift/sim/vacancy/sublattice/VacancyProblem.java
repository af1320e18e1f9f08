package org.latticelift.sim.vacancy.sublattice;

import java.util.Optional;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache.RememberedBarriers;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

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
 * @param transport layout of records of displacements, where they are measured
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
    OrderParameters order,
    Optional<Columns> transport) {
  /** One whose displacements are not measured. */
  public VacancyProblem(
      BarrierModel barrier,
      Kinetics kinetics,
      double kelvin,
      long cacheBytes,
      int nx,
      int ny,
      int nz,
      long[] counts,
      OrderParameters order) {
    this(barrier, kinetics, kelvin, cacheBytes, nx, ny, nz, counts, order, Optional.empty());
  }

  /**
   * Kernels of the lattice of a rank, for one temperature after the other. The first keeps the
   * rates of environments; from the second temperature on barriers are kept instead, which do not
   * depend on it (EX-51). All of them give the bits of a kernel that keeps nothing.
   */
  static final class Kernels {
    private final VacancyProblem problem;
    private final Lattice lattice;
    private final JumpObserver observer;

    /** Made when the temperature changes for the first time. */
    private BarrierModel remembered;

    private double kelvin;

    /**
     * @param observer told of all jumps, at whatever temperature
     */
    Kernels(VacancyProblem problem, Lattice lattice, JumpObserver observer) {
      this.problem = problem;
      this.lattice = lattice;
      this.observer = observer;
      this.kelvin = problem.kelvin();
    }

    double kelvin() {
      return kelvin;
    }

    /** The kernel at the temperature of the problem. */
    VacancyKernel first() {
      EnvironmentCache cache =
          problem.cacheBytes() > 0
              ? new EnvironmentCache(problem.barrier(), kelvin, problem.cacheBytes())
              : null;
      return observed(problem.kinetics().kernel(lattice, problem.barrier(), kelvin, cache));
    }

    /** The kernel at another temperature; the ones before are of no more use. */
    VacancyKernel at(double temperature) {
      kelvin = temperature;
      return observed(problem.kinetics().kernel(lattice, barriers(), kelvin, null));
    }

    private BarrierModel barriers() {
      if (problem.cacheBytes() == 0) {
        return problem.barrier();
      }
      if (remembered == null) {
        remembered = new RememberedBarriers(problem.barrier(), problem.cacheBytes());
      }
      return remembered;
    }

    private VacancyKernel observed(VacancyKernel kernel) {
      kernel.observe(observer);
      return kernel;
    }
  }
}
