package org.latticelift.sim.system;

import java.util.OptionalDouble;

/**
 * A system of which it is known, before anything is simulated, how long its observables take to
 * relax. For advice only; changes no result.
 */
public interface KnownRelaxation {
  /**
   * Until the slowest observable has made all but 1/e of its way from the usual initial states.
   *
   * @param condition one of the conditions
   * @return events per patch; empty where it is not known
   */
  OptionalDouble relaxationEvents(Condition condition);

  /**
   * What the numbers rest on.
   *
   * @return part of a sentence
   */
  String relaxationBasis();
}
