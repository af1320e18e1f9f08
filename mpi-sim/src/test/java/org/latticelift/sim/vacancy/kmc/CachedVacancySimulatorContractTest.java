package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.lattice.Lattice;

class CachedVacancySimulatorContractTest extends VacancyKernelContractTest {
  @Override
  VacancyKernel kernel(Lattice lattice, BarrierModel model, double kelvin) {
    EnvironmentCache cache = new EnvironmentCache(model, kelvin, 1 << 14);
    return new VacancySimulator(lattice, model, kelvin, cache);
  }
}
