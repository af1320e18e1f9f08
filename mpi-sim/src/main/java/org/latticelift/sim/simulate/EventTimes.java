package org.latticelift.sim.simulate;

import java.util.Optional;
import org.latticelift.sim.system.Condition;

/** What events take at a condition, as far as earlier runs tell. */
interface EventTimes {
  /** Nothing is known. */
  EventTimes UNKNOWN = condition -> Optional.empty();

  /** The clock of a condition; empty where it is not known. */
  Optional<EventClock> of(Condition condition);
}
