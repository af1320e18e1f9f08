package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** How the jumps of vacancies are simulated: one by one, or with flicker resolved. */
public interface Kinetics {
  /** Jump by jump, by {@link VacancySimulator}. */
  Kinetics PLAIN =
      new Kinetics() {
        @Override
        public VacancyKernel kernel(
            Lattice lattice, BarrierModel model, double kelvin, EnvironmentCache cacheOrNull) {
          return new VacancySimulator(lattice, model, kelvin, cacheOrNull);
        }

        @Override
        public boolean resolvesFlicker() {
          return false;
        }
      };

  /**
   * A simulator without active vacancies.
   *
   * @param lattice changed by jumps
   * @param model barriers for the crystal of the lattice
   * @param temperatureK 250 to 5000 K
   * @param cacheOrNull rates of the same model and temperature, or null
   * @return the simulator
   */
  VacancyKernel kernel(
      Lattice lattice, BarrierModel model, double temperatureK, EnvironmentCache cacheOrNull);

  /**
   * Whether jumps back and forth are resolved at once.
   *
   * @return whether runs of fixed time gain by being long
   */
  boolean resolvesFlicker();

  /**
   * Flicker resolved by {@link FlickerSimulator}.
   *
   * @param states most states of a basin, 2 to 64
   * @return such simulators
   */
  static Kinetics flicker(int states) {
    return new Kinetics() {
      @Override
      public VacancyKernel kernel(
          Lattice lattice, BarrierModel model, double temperatureK, EnvironmentCache cacheOrNull) {
        return new FlickerSimulator(lattice, model, temperatureK, cacheOrNull, states);
      }

      @Override
      public boolean resolvesFlicker() {
        return true;
      }
    };
  }
}
