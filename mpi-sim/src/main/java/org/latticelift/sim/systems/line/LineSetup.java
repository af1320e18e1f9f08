package org.latticelift.sim.systems.line;

import java.util.List;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;

/** What is fixed for a system of sites in a line beside its conditions. Immutable. */
public interface LineSetup {
  /** Size of the small system. */
  int small();

  /** Size of the large system. */
  int large();

  /** Patches that a system consists of; 1 or more. */
  long patches(int sites);

  /** Steps of the whole line or of a part of it. */
  TimeSteps steps();

  /** How patches evolve. */
  LineEvolution patchEvolution();

  /** Length of a partial evolution, by steps of the patch or by time. */
  Duration evolution(Condition condition);

  /** Finds mistakes between keys; an error for the first. */
  void check(List<Condition> conditions);
}
