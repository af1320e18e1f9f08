package org.latticelift.sim.schedule;

/** A state that knows how many records of its schedule it has passed. */
final class TimedState<S> {
  private final S state;
  private int records;

  TimedState(S state, int records) {
    this.state = state;
    this.records = records;
  }

  S state() {
    return state;
  }

  int records() {
    return records;
  }

  void passed() {
    records++;
  }
}
