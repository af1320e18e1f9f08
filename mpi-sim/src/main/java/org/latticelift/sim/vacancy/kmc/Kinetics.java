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
   * @param temperatureK 250 to 5000 K
   * @param cacheOrNull rates of the same model and temperature, or null
   */
  VacancyKernel kernel(
      Lattice lattice, BarrierModel model, double temperatureK, EnvironmentCache cacheOrNull);

  /**
   * Whether jumps back and forth are resolved at once; whether runs of fixed time gain by being
   * long.
   */
  boolean resolvesFlicker();

  /**
   * Flicker resolved by {@link FlickerSimulator} ({@code states}: most states of a basin, 2 to 64).
   */
  static Kinetics flicker(int states) {
    return flicker(states, false);
  }

  /**
   * The same ({@code atoms}: whether observers are to know where each single atom goes: like atoms
   * that have changed places are then told apart, which takes more states).
   */
  static Kinetics flicker(int states, boolean atoms) {
    return new Kinetics() {
      @Override
      public VacancyKernel kernel(
          Lattice lattice, BarrierModel model, double temperatureK, EnvironmentCache cacheOrNull) {
        return new FlickerSimulator(lattice, model, temperatureK, cacheOrNull, states, atoms);
      }

      @Override
      public boolean resolvesFlicker() {
        return true;
      }
    };
  }
}
