package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.JumpObserver;
import org.latticelift.sim.vacancy.kmc.RememberedBarriers;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Kernels of the lattice of a rank, for one temperature after the other. The first keeps the rates
 * of environments; from the second temperature on barriers are kept instead, which do not depend on
 * it (EX-51). All of them give the bits of a kernel that keeps nothing.
 */
final class Kernels {
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

  /** The temperature of the latest kernel. */
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
