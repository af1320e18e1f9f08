package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.lattice.Lattice;

class VacancySimulatorContractTest extends VacancyKernelContractTest {
  @Override
  VacancyKernel kernel(Lattice lattice, BarrierModel model, double kelvin) {
    return new VacancySimulator(lattice, model, kelvin, null);
  }
}
