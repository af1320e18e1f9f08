package org.latticelift.sim.vacancy.kmc;

/** How much of a simulation was resolved, and in how large basins. */
public final class FlickerTally {
  private long resolvedJumps;
  private long passages;
  private long states;
  private long wokenEarly;

  FlickerTally() {}

  void disturbed() {
    wokenEarly++;
  }

  void passage(Sleeper s) {
    passages++;
    resolvedJumps += s.jumps;
    states += s.basin.size();
  }

  /** Jumps that were resolved; 0 or more. */
  public long resolvedJumps() {
    return resolvedJumps;
  }

  /** Passages through basins; 0 or more. */
  public long passages() {
    return passages;
  }

  /** Passages that ended because another vacancy came near, at most {@link #passages}. */
  public long wokenEarly() {
    return wokenEarly;
  }

  /** Mean number of states of a basin, over the passages; 0 before the first. */
  public double meanStates() {
    return passages == 0 ? 0 : (double) states / passages;
  }
}
