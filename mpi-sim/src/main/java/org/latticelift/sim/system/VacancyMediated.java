package org.latticelift.sim.system;

import java.util.Optional;
import java.util.OptionalDouble;

/** A system in which nothing moves but by vacancies, so that their number sets the time (EX-52). */
public interface VacancyMediated {
  /**
   * The concentration that is simulated.
   *
   * @return vacancies per site
   */
  double vacancyConcentration();

  /**
   * The atoms that are simulated.
   *
   * @return species and their shares of the atoms, such as {@code Mo 0.5, Ta 0.5}
   */
  String composition();

  /**
   * The atoms of any system.
   *
   * @param system any
   * @return empty where there are none
   */
  static Optional<String> composition(MicroscopicSystem<?> system) {
    return system instanceof VacancyMediated mediated
        ? Optional.of(mediated.composition())
        : Optional.empty();
  }

  /**
   * That of any system.
   *
   * @param system any
   * @return empty where time does not depend on vacancies
   */
  static OptionalDouble concentration(MicroscopicSystem<?> system) {
    return system instanceof VacancyMediated mediated
        ? OptionalDouble.of(mediated.vacancyConcentration())
        : OptionalDouble.empty();
  }
}
