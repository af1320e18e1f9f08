package org.latticelift.sim.systems.line;

import java.util.List;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;

/** What is fixed for a system of sites in a line beside its conditions. Immutable. */
public interface LineSetup {
  /**
   * Size of the small system.
   *
   * @return sites
   */
  int small();

  /**
   * Size of the large system.
   *
   * @return sites
   */
  int large();

  /**
   * Patches that a system consists of.
   *
   * @param sites its size
   * @return 1 or more
   */
  long patches(int sites);

  /**
   * Time of a step.
   *
   * @return positive
   */
  double timeStep();

  /**
   * What surrounds a patch that evolves.
   *
   * @return as configured
   */
  Environment environment();

  /**
   * Length of a partial evolution.
   *
   * @param condition the condition
   * @return by steps of the patch or by time
   */
  Duration evolution(Condition condition);

  /**
   * Finds mistakes between keys; an error for the first.
   *
   * @param conditions all conditions
   */
  void check(List<Condition> conditions);
}
