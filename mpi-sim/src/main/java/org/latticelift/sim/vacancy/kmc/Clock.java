package org.latticelift.sim.vacancy.kmc;

/** How far the clock moves per jump when the total rate is R (AL-43, DI-18). */
public enum Clock {
  /** -ln(u)/R: the waiting time of the continuous-time process. */
  EXPONENTIAL,
  /** 1/R: its mean; no random number is drawn. */
  MEAN
}
