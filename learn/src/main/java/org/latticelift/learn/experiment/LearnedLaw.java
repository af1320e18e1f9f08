package org.latticelift.learn.experiment;

import java.util.function.ToDoubleFunction;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.SdeModel;

/**
 * Numbers of a learned equation in the units of the system, at one condition: means over its models
 * of the drift, and the square root of their mean covariance.
 *
 * @param model as trained
 * @param condition value of the varied parameter
 */
record LearnedLaw(SdeModel model, double condition) {
  Measured of(Quantity quantity) {
    double value =
        switch (quantity) {
          case DIFFUSION -> Math.sqrt(average(model.map().start()[first()], this::variance));
          case SLOPE -> average(1, this::drift) - average(0, this::drift);
          case BIAS -> average(0, this::drift);
          default -> throw new IllegalArgumentException("a prediction: " + quantity);
        };
    return Measured.whole(value, Interval.NONE);
  }

  private int first() {
    return model.map().independent()[0];
  }

  private double average(double z, ToDoubleFunction<Terms> term) {
    double sum = 0;
    for (int k = 0; k < model.models().size(); k++) {
      sum += term.applyAsDouble(terms(k, z)) / model.models().size();
    }
    return sum;
  }

  /** Drift and sigma of one model in scaled variables and time. */
  private record Terms(float[][] drift, float[][] sigma) {}

  private double drift(Terms terms) {
    return model.scaling().deviation()[0] * terms.drift()[0][0] / unit();
  }

  /** Of the first variable: data identify sigma sigma^T, and no entry of sigma alone. */
  private double variance(Terms terms) {
    double sum = 0;
    for (int j = 0; j < terms.drift().length; j++) {
      double entry = model.scaling().deviation()[0] * terms.sigma()[j][0];
      sum += entry * entry;
    }
    return sum / unit();
  }

  private double unit() {
    return model.scaling().timeUnit(condition, true);
  }

  /** With the first variable at z and the others at the start. */
  private Terms terms(int k, double z) {
    int d = model.architecture().dimension();
    float[][] state = new float[d][1];
    for (int i = 0; i < d; i++) {
      double at = i == 0 ? z : model.map().start()[model.map().independent()[i]];
      state[i][0] = (float) model.scaling().toScaled(i, at);
    }
    Terms terms = new Terms(new float[d][1], new float[d * d][1]);
    SdeKernel.plain(model.architecture(), model.models().get(k), condition, 1)
        .evaluate(1, state, terms.drift(), terms.sigma());
    return terms;
  }
}
