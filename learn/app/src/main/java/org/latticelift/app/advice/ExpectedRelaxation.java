package org.latticelift.app.advice;

/**
 * A relaxation time that is known before a run.
 *
 * @param value in events per patch, or in the unit of time
 * @param unit which of the two
 * @param basis what it rests on, part of a sentence
 */
record ExpectedRelaxation(double value, Unit unit, String basis) {
  /** What relaxation is measured in. */
  enum Unit {
    EVENTS,
    TIME;

    /**
     * A number of this unit in the other one.
     *
     * @param eventTime mean time per event and patch
     */
    double convert(double number, double eventTime) {
      return this == EVENTS ? number * eventTime : number / eventTime;
    }
  }
}
