package org.latticelift.learn.ensemble;

import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.sde.TrainedStates;

/**
 * How far a predicted mean is from the states that the model was trained at: its distance to the
 * nearest one at the two trained conditions around the present one, in units of what that distance
 * is at most for 99 % of those states themselves. Above 1 the model guesses.
 */
final class Novelty {
  private final SdeModel model;
  private final TrainedStates states;
  private final double[] spacing;

  Novelty(SdeModel model) {
    this.model = model;
    this.states = model.diagnostics().states();
    this.spacing = states.spacing();
  }

  /**
   * Along a path.
   *
   * @param condition at the records, [t]
   * @param mean of all observables, [t,m]
   * @return [t]; NaN where the model does not know its states
   */
  double[] along(double[] condition, double[] mean) {
    int m = mean.length / condition.length;
    int[] trained = model.map().independent();
    double[] novelty = new double[condition.length];
    double[] state = new double[trained.length];
    for (int r = 0; r < novelty.length; r++) {
      for (int v = 0; v < state.length; v++) {
        state[v] = model.scaling().toScaled(v, mean[r * m + trained[v]]);
      }
      novelty[r] = of(condition[r], state);
    }
    return novelty;
  }

  /**
   * Of one state.
   *
   * @param state trained variables, scaled
   * @return NaN where the model does not know its states
   */
  double of(double condition, double[] state) {
    return states.known() ? at(condition, state) : Double.NaN;
  }

  private double at(double condition, double[] state) {
    int[] around = SdeScaling.around(model.scaling().condition(), condition);
    return Math.min(relative(around[0], state), relative(around[1], state));
  }

  private double relative(int condition, double[] state) {
    return states.distance(condition, state) / spacing[condition];
  }
}
