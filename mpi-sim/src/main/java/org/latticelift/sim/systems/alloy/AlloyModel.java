package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache.RememberedBarriers;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * How vacancies jump: the barriers, and how their jumps are simulated.
 *
 * @param barrier model of barriers
 * @param cacheBytes memory of the environment cache of a thread; 0 for none
 * @param kinetics section {@code kinetics}
 */
record AlloyModel(BarrierModel barrier, long cacheBytes, KineticsConfig kinetics) {
  /** The same for a few jumps, which need no memory for what recurs. */
  AlloyModel withoutCache() {
    return new AlloyModel(barrier, 0, kinetics);
  }

  /** The same for a thread that goes through many temperatures: barriers stay, rates do not. */
  AlloyModel remembering() {
    return cacheBytes > 0
        ? new AlloyModel(new RememberedBarriers(barrier, cacheBytes), 0, kinetics)
        : this;
  }

  /** A cache for a thread; null where there is none. */
  EnvironmentCache cache(double temperature) {
    return cacheBytes > 0 ? new EnvironmentCache(barrier, temperature, cacheBytes) : null;
  }

  /** A simulator of the vacancies of a lattice. */
  VacancyKernel kernel(Lattice lattice, double temperature, EnvironmentCache cache) {
    return kinetics.kinetics().kernel(lattice, barrier, temperature, cache);
  }
}
