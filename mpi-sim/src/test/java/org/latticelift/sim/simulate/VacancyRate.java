package org.latticelift.sim.simulate;

import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Total jump rate of a stored BCC state with analytic barriers, one exponential at a time. */
final class VacancyRate {
  private static final double BOLTZMANN = 8.617333262e-5; // eV/K
  private static final double ATTEMPTS = 1e13; // 1/s

  private VacancyRate() {}

  /** Of all vacancies, 1/s. */
  static double of(byte[] species, int cells, double kelvin) {
    Crystal crystal = Crystal.bcc();
    Lattice lattice = new Lattice(crystal, cells, cells, cells);
    for (int site = 0; site < species.length; site++) {
      lattice.set(site, species[site]);
    }
    BarrierKernel kernel =
        new LinearBarrier("pairwise", crystal, LinearTerms.defaults(crystal), ATTEMPTS).newKernel();
    double rate = 0;
    for (int site = 0; site < species.length; site++) {
      if (species[site] == 0) {
        EnvironmentGeometry geometry = crystal.environment(site % 2);
        byte[] environment = new byte[geometry.sites()];
        for (int j = 0; j < environment.length; j++) {
          environment[j] = lattice.get(lattice.neighbour(site, geometry.offset(j)));
        }
        float[] barriers = new float[geometry.hops()];
        kernel.barriers(environment, 0, site % 2, barriers, 0);
        for (float barrier : barriers) {
          rate += ATTEMPTS * Math.exp(-barrier / (BOLTZMANN * kelvin));
        }
      }
    }
    return rate;
  }
}
