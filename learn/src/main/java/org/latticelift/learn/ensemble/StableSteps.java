package org.latticelift.learn.ensemble;

import java.util.Arrays;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;

/**
 * The longest steps that are made: those that were asked for, or shorter ones where the equation is
 * too fast for them. A step of Runge and Kutta's method of three drifts is stable up to 2.5 over
 * the fastest rate; {@value #REACH} leaves room for what lies between the states at which that is
 * known. Steps of Euler and Maruyama are made as they were asked for: presets prescribe them.
 *
 * @param asked longest step, in units of time of the model
 * @param condition trained values, ascending
 * @param longest at these values
 */
record StableSteps(double asked, double[] condition, double[] longest) {
  private static final double REACH = 1.5;

  /** Those of a model; all as asked for where it does not know how fast it is. */
  static StableSteps of(SdeModel model, EnsembleConfig config) {
    double asked = config.times().step();
    double[] fastest = model.diagnostics().fastestRates();
    boolean limited = config.times().scheme() == StepScheme.RUNGE_KUTTA && fastest.length > 0;
    double[] longest = new double[model.scaling().condition().length];
    Arrays.setAll(longest, c -> limited && fastest[c] > 0 ? REACH / fastest[c] : asked);
    return new StableSteps(asked, model.scaling().condition(), longest);
  }

  /** At a condition, the shorter of those of the trained ones on both sides. */
  double at(double value) {
    int[] around = SdeScaling.around(condition, value);
    return Math.min(asked, Math.min(longest[around[0]], longest[around[1]]));
  }
}
