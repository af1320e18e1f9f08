package org.latticelift.kmc;

import org.latticelift.barrier.BarrierModel;
import org.latticelift.lattice.Lattice;

class CachedVacancySimulatorContractTest extends VacancyKernelContractTest {
  @Override
  VacancyKernel kernel(Lattice lattice, BarrierModel model, double kelvin) {
    EnvironmentCache cache = new EnvironmentCache(model, kelvin, 1 << 14);
    return new VacancySimulator(lattice, model, kelvin, cache);
  }
}
