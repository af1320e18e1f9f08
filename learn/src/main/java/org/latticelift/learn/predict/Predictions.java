package org.latticelift.learn.predict;

import java.util.List;
import org.latticelift.learn.sde.Quantities;

/**
 * The predictions of one model.
 *
 * @param observables names of m observables
 * @param quantities names and units of condition and time
 * @param all in the order in which they were asked for
 */
record Predictions(List<String> observables, Quantities quantities, List<SchedulePrediction> all) {
  int m() {
    return observables.size();
  }
}
