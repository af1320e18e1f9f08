package org.latticelift.sim.system;

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
