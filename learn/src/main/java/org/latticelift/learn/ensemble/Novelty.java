package org.latticelift.learn.ensemble;

import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainedStates;
import org.latticelift.learn.sde.SdeScaling;

/**
 * How far a predicted mean is from the states that the model was trained at: the distance of its
 * interval to the nearest of them at the two trained conditions around the present one, in units of
 * what that distance is at most for 99 % of those states themselves. Above 1 the model guesses.
 */
public final class Novelty {
  private final SdeModel model;
  private final TrainedStates states;
  private final double[] spacing;

  /** Of predictions of a model. */
  public Novelty(SdeModel model) {
    this.model = model;
    this.states = model.diagnostics().states();
    this.spacing = states.spacing();
  }

  /**
   * Along a path.
   *
   * @param condition at the records, [t]
   * @param mean of all observables, [t,m]
   * @param halfWidth of the 95 % intervals of the means; NaN where there is none, [t,m]
   * @return [t]; NaN where the model does not know its states
   */
  public double[] along(double[] condition, double[] mean, double[] halfWidth) {
    int m = mean.length / condition.length;
    int[] trained = model.map().independent();
    double[] novelty = new double[condition.length];
    double[] state = new double[trained.length];
    double[] uncertain = new double[trained.length];
    for (int r = 0; r < novelty.length; r++) {
      for (int v = 0; v < state.length; v++) {
        state[v] = model.scaling().toScaled(v, mean[r * m + trained[v]]);
        double half = halfWidth[r * m + trained[v]];
        uncertain[v] = Double.isNaN(half) ? 0 : half / model.scaling().deviation()[v];
      }
      novelty[r] = states.known() ? at(condition[r], state, uncertain) : Double.NaN;
    }
    return novelty;
  }

  /**
   * Of one state ({@code state}: trained variables, scaled); NaN where the model does not know its
   * states.
   */
  public double of(double condition, double[] state) {
    return states.known() ? at(condition, state, new double[state.length]) : Double.NaN;
  }

  private double at(double condition, double[] state, double[] uncertain) {
    int[] around = SdeScaling.around(model.scaling().condition(), condition);
    return Math.min(relative(around[0], state, uncertain), relative(around[1], state, uncertain));
  }

  private double relative(int condition, double[] state, double[] uncertain) {
    return states.distance(condition, state, uncertain) / spacing[condition];
  }
}
