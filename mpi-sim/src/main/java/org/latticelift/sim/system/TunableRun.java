package org.latticelift.sim.system;

/** A large state that ranks hold together and whose condition can be changed on the way. */
public interface TunableRun extends DistributedRun {
  /**
   * Changes the condition between two stretches, or that of a run which was just resumed: from now
   * on rates are those of this one. Random numbers stay keyed by the condition of the start.
   *
   * @param condition of the system, not necessarily one of those it lists; nothing changes where it
   *     is the present one
   */
  void change(Condition condition);
}
