package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;

/** The observers of residence, and up to when they have been told. */
final class Residence {
  private ResidenceObserver[] observers = {};
  private double told;

  void add(ResidenceObserver observer) {
    observers = Arrays.copyOf(observers, observers.length + 1);
    observers[observers.length - 1] = observer;
  }

  boolean watched() {
    return observers.length > 0;
  }

  void begin(double time) {
    told = time;
  }

  /** The state of the moment lasted until a time. */
  void until(double time) {
    if (observers.length > 0) {
      tell(time - told);
      told = time;
    }
  }

  void tell(double seconds) {
    for (ResidenceObserver observer : observers) {
      observer.resided(seconds);
    }
  }
}
