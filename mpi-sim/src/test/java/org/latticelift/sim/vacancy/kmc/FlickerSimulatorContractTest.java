package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.lattice.Lattice;

class FlickerSimulatorContractTest extends VacancyKernelContractTest {
  @Override
  VacancyKernel kernel(Lattice lattice, BarrierModel model, double kelvin) {
    return new FlickerSimulator(
        lattice, model, kelvin, new EnvironmentCache(model, kelvin, 1 << 14), 64);
  }
}
