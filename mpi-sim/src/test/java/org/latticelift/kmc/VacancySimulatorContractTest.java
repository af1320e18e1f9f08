package org.latticelift.kmc;

import org.latticelift.barrier.BarrierModel;
import org.latticelift.lattice.Lattice;

class VacancySimulatorContractTest extends VacancyKernelContractTest {
  @Override
  VacancyKernel kernel(Lattice lattice, BarrierModel model, double kelvin) {
    return new VacancySimulator(lattice, model, kelvin, null);
  }
}
