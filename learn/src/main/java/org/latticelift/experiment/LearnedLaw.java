package org.latticelift.experiment;

import org.latticelift.evaluation.Bootstrap;
import org.latticelift.sde.SdeKernel;
import org.latticelift.sde.SdeModel;

/**
 * Numbers of a learned equation in the units of the system, at its first condition, averaged over
 * its models.
 *
 * @param model as trained
 */
record LearnedLaw(SdeModel model) {
  /** Not a prediction. */
  Measured of(Quantity quantity) {
    double value =
        switch (quantity) {
          case DIFFUSION -> Math.abs(average(model.map().start()[first()], false));
          case SLOPE -> average(1, true) - average(0, true);
          case BIAS -> average(0, true);
          default -> throw new IllegalArgumentException("a prediction: " + quantity);
        };
    return Measured.whole(value, Bootstrap.Interval.NONE);
  }

  private int first() {
    return model.map().independent()[0];
  }

  private double average(double z, boolean drift) {
    double sum = 0;
    for (int k = 0; k < model.models().size(); k++) {
      sum += value(k, z, drift) / model.models().size();
    }
    return sum;
  }

  /** With the first variable at z and the others at the start. */
  private double value(int k, double z, boolean wantsDrift) {
    int d = model.architecture().dimension();
    double condition = model.scaling().condition()[0];
    double unit = model.scaling().timeUnit()[0];
    float[][] state = new float[d][1];
    for (int i = 0; i < d; i++) {
      double at = i == 0 ? z : model.map().start()[model.map().independent()[i]];
      state[i][0] = (float) model.scaling().toScaled(i, at);
    }
    float[][] drift = new float[d][1];
    float[][] sigma = new float[d * d][1];
    SdeKernel.plain(model.architecture(), model.models().get(k), condition, 1)
        .evaluate(1, state, drift, sigma);
    double scale = model.scaling().deviation()[0];
    return wantsDrift ? scale * drift[0][0] / unit : scale * sigma[0][0] / Math.sqrt(unit);
  }
}
