package org.latticelift.kmc;

import org.latticelift.barrier.BarrierModel;
import org.latticelift.lattice.Lattice;

class FlickerSimulatorContractTest extends VacancyKernelContractTest {
  @Override
  VacancyKernel kernel(Lattice lattice, BarrierModel model, double kelvin) {
    return new FlickerSimulator(
        lattice, model, kelvin, new EnvironmentCache(model, kelvin, 1 << 14), 64);
  }
}
