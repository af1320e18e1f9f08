package org.latticelift.sim.system;

import java.util.List;

/** A system whose observables obey linear relations, which predictions have to obey, too. */
public interface RelatedObservables {
  /**
   * The relations among the observables of the large system.
   *
   * @return perhaps none
   */
  List<LinearRelation> relations();

  /**
   * The relations of any system.
   *
   * @param system any
   * @return none where it knows none
   */
  static List<LinearRelation> of(MicroscopicSystem<?> system) {
    return system instanceof RelatedObservables related ? related.relations() : List.of();
  }
}
