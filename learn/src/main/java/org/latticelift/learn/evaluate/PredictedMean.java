package org.latticelift.learn.evaluate;

import org.latticelift.learn.ensemble.Uncertainty;

/** The predicted mean of all observables against time, and how uncertain it is. */
public interface PredictedMean {
  /** Mean of all models. */
  TimeSeries mean();

  /** Uncertainty of the mean of an observable at a time. */
  Uncertainty uncertainty(double time, int component);
}
